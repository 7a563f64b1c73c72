//go:build !race

package layout

const slower = 1

// stride is 1: every case of a row is taken.
const stride = 1
