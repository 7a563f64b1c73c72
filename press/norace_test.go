//go:build !race

package press

const slower = 1
