//go:build race

package layout

// slower is by how much the race detector slows a test down.
const slower = 8

// stride is how many cases of a row are passed over, with the one taken.
const stride = 2
