//go:build race

package layout

// slower is by how much the race detector slows a test down.
const slower = 8
