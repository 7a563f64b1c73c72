//go:build !race

package offline

// raced tells that the tests run under the race detector.
const raced = false
