//go:build race

package pdfout

// raced tells that the tests run under the race detector, which makes each file
// some times slower.
const raced = true
