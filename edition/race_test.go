//go:build race

package edition_test

// slower is by how much the race detector slows a test down.
const slower = 8

// stride is how many cases of a table are passed over, with the one taken: the
// detector looks at code, not at cases. Without it all of them run.
const stride = 5
