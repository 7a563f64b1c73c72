package intake

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/problem"
)

// refuses fails the test unless err is invalid, says want and has a hint.
func refuses(t *testing.T, err error, want string) {
	t.Helper()
	if !problem.Is(err, problem.Invalid) {
		t.Fatalf("want an invalid problem that says %q, got %v", want, err)
	}
	p := problem.Of(err)
	if !strings.Contains(p.Detail, want) {
		t.Errorf("detail %q does not say %q", p.Detail, want)
	}
	if p.Hint == "" {
		t.Errorf("%q has no hint", p.Detail)
	}
	if strings.Contains(p.Detail, "\n") || strings.Contains(p.Detail, "/") {
		t.Errorf("detail %q is no single sentence without paths", p.Detail)
	}
}

// shape shows headings as lines: level, part, title.
func shape(headings []book.Heading) string {
	var b strings.Builder
	for _, h := range headings {
		b.WriteString(strings.Repeat("#", h.Level) + " ")
		if h.Part != "" {
			b.WriteString("[" + h.Part + "] ")
		}
		b.WriteString(h.Title + "\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestTextIsReadInEveryCommonEncoding(t *testing.T) {
	for name, text := range map[string]string{
		"plain":              "Salt\nBread",
		"byte order mark":    "\uFEFFSalt\nBread",
		"windows line ends":  "Salt\r\nBread\r\n",
		"old mac line ends":  "Salt\rBread",
		"utf-16 little end":  "\xff\xfeS\x00a\x00l\x00t\x00\n\x00B\x00r\x00e\x00a\x00d\x00",
		"utf-16 big end":     "\xfe\xff\x00S\x00a\x00l\x00t\x00\n\x00B\x00r\x00e\x00a\x00d",
		"control characters": "Salt\x0c\nBread\x1b",
	} {
		t.Run(name, func(t *testing.T) {
			p, err := Outline("plan.txt", strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff("# Salt\n# Bread", shape(p.Headings)); diff != "" {
				t.Errorf("headings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnusableBytesAreRefused(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"empty":     {"", "plan.txt is empty"},
		"blank":     {" \n\t\n", "plan.txt is empty"},
		"binary":    {"GIF89a\x00\x01", "plan.txt is not a text file"},
		"not utf-8": {"caf\xe9", "plan.txt is not in the encoding UTF-8"},
		"too large": {strings.Repeat("a", MaxText+1), "plan.txt is larger than 1 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Outline("plan.txt", strings.NewReader(tt.text))
			refuses(t, err, tt.want)
			_, err = Premise("plan.txt", strings.NewReader(tt.text))
			refuses(t, err, tt.want)
			_, err = Brief("plan.txt", strings.NewReader(tt.text))
			refuses(t, err, tt.want)
		})
	}
	_, err := Sheet("plan.csv", iotest.ErrReader(errors.New("read /home/me: denied")))
	refuses(t, err, "plan.csv cannot be read")
}

func TestPremise(t *testing.T) {
	got, err := Premise("idea.md", strings.NewReader("\uFEFF\n# A mill\r\n\r\nIt *turns*.\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("# A mill\n\nIt *turns*.", got); diff != "" {
		t.Errorf("premise (-want +got):\n%s", diff)
	}
	if _, err = Premise("idea.md", strings.NewReader(strings.Repeat("é", book.MaxPremise))); err != nil {
		t.Errorf("the longest premise: %v", err)
	}
	_, err = Premise("idea.md", strings.NewReader(strings.Repeat("é", book.MaxPremise+1)))
	refuses(t, err, "idea.md has 30001 characters; at most 30000 are read")
}
