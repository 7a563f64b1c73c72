package wire

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// heard is an event as a test writes it down.
type heard struct{ Name, Data string }

// hear reads all events of a stream, and how it ended.
func hear(in io.Reader, size int) (all []heard, err error) {
	s := newStream(bufio.NewReaderSize(in, size))
	for {
		e, err := s.next()
		if err != nil {
			return all, err
		}
		all = append(all, heard{e.Name, string(e.Data)})
	}
}

var transcripts = map[string]struct {
	text string
	want []heard
}{
	"one event":                   {"data: a\n\n", []heard{{"", "a"}}},
	"no blank after the colon":    {"data:a\n\n", []heard{{"", "a"}}},
	"only one blank is dropped":   {"data:  a\n\n", []heard{{"", " a"}}},
	"a name":                      {"event: ping\ndata: {}\n\n", []heard{{"ping", "{}"}}},
	"a name is for one event":     {"event: x\ndata: 1\n\ndata: 2\n\n", []heard{{"x", "1"}, {"", "2"}}},
	"a name without data":         {"event: x\n\ndata: 2\n\n", []heard{{"", "2"}}},
	"more lines of data":          {"data: a\ndata\ndata: b\n\n", []heard{{"", "a\n\nb"}}},
	"CRLF":                        {"event: x\r\ndata: a\r\n\r\ndata: b\r\n\r\n", []heard{{"x", "a"}, {"", "b"}}},
	"CR":                          {"data: a\r\rdata: b\r\r", []heard{{"", "a"}, {"", "b"}}},
	"a mix of line ends":          {"data: a\r\ndata: b\rdata: c\n\r\n", []heard{{"", "a\nb\nc"}}},
	"comments":                    {": hi\n\n:\ndata: a\n: there\n\n", []heard{{"", "a"}}},
	"fields that mean nothing":    {"id: 7\nretry: 10\nfoo: bar\nnonsense\ndata: a\n\n", []heard{{"", "a"}}},
	"a byte order mark":           {"\ufeffdata: a\n\n", []heard{{"", "a"}}},
	"letters of two to four byte": {"data: é—🜚 ü\n\n", []heard{{"", "é—🜚 ü"}}},
	"empty data":                  {"data:\n\ndata: a\n\n", []heard{{"", ""}, {"", "a"}}},
	"an event without its end":    {"data: a\n\ndata: b\n", []heard{{"", "a"}}},
	"a line without its end":      {"data: a\n\ndata: b", []heard{{"", "a"}}},
	"nothing":                     {"", nil},
}

func TestEventsAreReadHoweverTheyAreCut(t *testing.T) {
	for name, tt := range transcripts {
		t.Run(name, func(t *testing.T) {
			for way, in := range map[string]io.Reader{
				"whole":        strings.NewReader(tt.text),
				"byte by byte": iotest.OneByteReader(strings.NewReader(tt.text)),
				"halves":       iotest.HalfReader(strings.NewReader(tt.text)),
				"late end":     iotest.DataErrReader(strings.NewReader(tt.text)),
			} {
				got, err := hear(in, 16)
				if diff := cmp.Diff(tt.want, got); diff != "" || !errors.Is(err, io.EOF) {
					t.Errorf("%s: %v (-want +got):\n%s", way, err, diff)
				}
			}
		})
	}
}

func TestALineOfTwoMegabytesIsRead(t *testing.T) {
	long := strings.Repeat("ä", 1<<20)
	got, err := hear(strings.NewReader("data: "+long+"\n\n"), 16<<10)
	if !errors.Is(err, io.EOF) || len(got) != 1 || got[0].Data != long {
		t.Errorf("%d events, %v", len(got), err)
	}
}

func TestAnEndlessLineOrEventIsNotKept(t *testing.T) {
	for name, text := range map[string]string{
		"line":  "data: " + strings.Repeat("x", 100),
		"event": strings.Repeat("data: 123456\n", 20),
	} {
		s := newStream(bufio.NewReaderSize(strings.NewReader(text), 16))
		s.most = 64
		if _, err := s.next(); !errors.Is(err, errLong) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestABrokenStreamTellsWhy(t *testing.T) {
	cut := errors.New("cut")
	got, err := hear(io.MultiReader(strings.NewReader("data: a\n\ndata: b"), iotest.ErrReader(cut)), 16)
	if !errors.Is(err, cut) || len(got) != 1 {
		t.Errorf("%v, %v", got, err)
	}
}

func FuzzEvents(f *testing.F) {
	for _, tt := range transcripts {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		whole, _ := hear(strings.NewReader(text), 4096)
		bytewise, _ := hear(iotest.OneByteReader(strings.NewReader(text)), 16)
		if diff := cmp.Diff(whole, bytewise); diff != "" {
			t.Error(diff)
		}
	})
}
