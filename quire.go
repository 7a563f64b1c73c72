// Package quire turns one line, an outline or a spreadsheet into a finished
// book. This is the front page of the house: each directory beside it is a room,
// one noun or craft, and the package comment of each ends with the room to read
// next. The law of who may use whom is in rooms_test.go.
//
// Next: problem
package quire
