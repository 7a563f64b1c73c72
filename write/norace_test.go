//go:build !race

package write_test

const raced = false
