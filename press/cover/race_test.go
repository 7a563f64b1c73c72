//go:build race

package cover

// raced tells that the tests run under the race detector, which makes each
// drawing some times slower.
const raced = true
