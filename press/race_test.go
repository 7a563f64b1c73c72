//go:build race

package press

// slower is by how much the race detector slows a test down.
const slower = 8
