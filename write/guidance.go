package write

import "quire/book"

// guidance is what a brief's genre, depth and enhancements ask of everybody.
func guidance(book.Brief) string { return "" }

// enhancements are the names of those that are on.
func enhancements(book.Brief) []string { return nil }
