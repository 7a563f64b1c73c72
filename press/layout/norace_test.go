//go:build !race

package layout

const slower = 1
