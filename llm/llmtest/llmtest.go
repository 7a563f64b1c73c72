// Package llmtest is where adapters are held against a provider that is played:
// the conformance suite that every one passes, over real HTTP, and a network in
// memory for tests that need a clock of their own.
package llmtest
