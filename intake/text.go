package intake

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// readBytes reads all of r, which may hold at most limit bytes.
func readBytes(name string, r io.Reader, limit int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	switch {
	case err != nil:
		return nil, invalid("%s cannot be read", name).Because(err).Try("check that it is a file that you may read")
	case len(data) > limit:
		return nil, invalid("%s is larger than %s", name, size(limit)).Try("give a shorter file")
	}
	return data, nil
}

// readText reads all of r as text with "\n" at line ends; it refuses an empty
// one.
func readText(name string, r io.Reader, limit int) (string, error) {
	data, err := readBytes(name, r, limit)
	if err != nil {
		return "", err
	}
	text, err := decode(name, data)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(text) == "" {
		return "", invalid("%s is empty", name).Try("write something into it")
	}
	return text, nil
}

// decode turns bytes into text: UTF-8 with or without byte order mark, or
// UTF-16 with one. Line ends become "\n"; control characters become spaces.
func decode(name string, data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		data = fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		data = fromUTF16(data[2:], binary.BigEndian)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", invalid("%s is not a text file", name).Try("give plain text, not a word processor's file or a picture")
	}
	if !utf8.Valid(data) {
		return "", invalid("%s is not in the encoding UTF-8", name).Try("save it again as UTF-8 text")
	}
	text := strings.NewReplacer("\uFEFF", "", "\r\n", "\n", "\r", "\n").Replace(string(data))
	return strings.Map(printable, text), nil
}

func fromUTF16(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return ' '
	}
	return r
}

// size says a limit in words; limits are whole MiB.
func size(limit int) string { return fmt.Sprintf("%d MiB", limit>>20) }

// oneLine puts a text on one line with single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// quoted shows what a user wrote, shortened to a readable length.
func quoted(s string) string {
	s = oneLine(s)
	if runes := []rune(s); len(runes) > 40 {
		s = string(runes[:39]) + "…"
	}
	return `"` + s + `"`
}
