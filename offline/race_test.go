//go:build race

package offline

// raced tells that the tests run under the race detector, which makes a long
// book last many times longer: one must do.
const raced = true
