//go:build !race

package pdfout

const raced = false
