//go:build race

package main

// raced tells that the tests run under the race detector, which makes each quire
// they start several times slower.
const raced = true
