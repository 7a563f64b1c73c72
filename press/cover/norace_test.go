//go:build !race

package cover

const raced = false
