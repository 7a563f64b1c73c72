//go:build !race

package edition_test

const slower = 1

// stride is 1: every case of a table is taken.
const stride = 1
