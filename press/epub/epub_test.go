package epub

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/book"
	"quire/press"
	"quire/problem"
)

var _ press.Output = Output{}

func TestTheSameBookGivesTheSameBytes(t *testing.T) {
	for name, m := range map[string]book.Manuscript{"specimen": specimen(t), "corpus": corpus(t), "hostile": hostile(t)} {
		t.Run(name, func(t *testing.T) {
			one, _ := bind(t, m, press.Options{Date: day})
			two, _ := bind(t, m, press.Options{Date: day.In(time.FixedZone("east", 3600*9))})
			if !bytes.Equal(one, two) {
				t.Error("two runs differ")
			}
		})
	}
}

func TestTheArchiveIsAContainer(t *testing.T) {
	data, _ := bind(t, specimen(t), press.Options{})
	if got := string(data[30:58]); got != "mimetypeapplication/epub+zip" {
		t.Errorf("the file begins %q", got)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var first []string
	for i, f := range z.File {
		if i < 3 {
			first = append(first, f.Name)
		}
		if len(f.Extra) > 0 || f.Flags != 0 || f.Comment != "" || f.ExternalAttrs != 0 {
			t.Errorf("%s has extra %x flags %x", f.Name, f.Extra, f.Flags)
		}
		if f.ModifiedDate != dosEpoch || f.ModifiedTime != 0 {
			t.Errorf("%s has a time", f.Name)
		}
		offset, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		head := data[offset-int64(len(f.Name))-30:]
		if size := binary.LittleEndian.Uint32(head[18:]); uint64(size) != f.CompressedSize64 {
			t.Errorf("%s does not tell its size in front", f.Name)
		}
		wantStored := f.Name == "mimetype" || f.Name == "META-INF/container.xml" || strings.HasSuffix(f.Name, ".png") || strings.HasSuffix(f.Name, ".jpg")
		if (f.Method == zip.Store) != wantStored {
			t.Errorf("%s has method %d", f.Name, f.Method)
		}
	}
	if diff := cmp.Diff([]string{"mimetype", "META-INF/container.xml", "EPUB/package.opf"}, first); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
}

func TestEveryFileIsWellFormedAndEveryLinkArrives(t *testing.T) {
	books := map[string]book.Manuscript{"specimen": specimen(t), "hostile": hostile(t), "random": randomBook(t, 99)}
	href := regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	for name, m := range books {
		t.Run(name, func(t *testing.T) {
			data, _ := bind(t, m, press.Options{})
			files := unpack(t, data)
			for file, text := range files {
				if !strings.Contains(text[:min(len(text), 50)], "<?xml") {
					continue
				}
				if err := wellFormed(text); err != nil {
					t.Errorf("%s: %v", file, err)
				}
				for _, m := range href.FindAllStringSubmatch(text, -1) {
					if strings.Contains(m[1], ":") {
						continue
					}
					to, id, _ := strings.Cut(m[1], "#")
					if to == "" {
						to = file
					}
					if files[to] == "" || id != "" && !strings.HasSuffix(file, ".svg") && !strings.Contains(files[to], `id="`+id+`"`) {
						t.Errorf("%s leads to %s, which is nowhere", file, m[1])
					}
				}
			}
		})
	}
}

func TestTheReportCountsWordsAndNoPages(t *testing.T) {
	_, report := bind(t, book.Manuscript{Meta: book.Meta{Title: "T"}, Chapters: []book.Text{{Title: "Two words", Markdown: "and three more"}}}, press.Options{})
	if diff := cmp.Diff(press.Report{Words: 5}, report); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// full is a disk with room for some bytes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no space")
	}
	return len(p), nil
}

func TestFailuresAreErrors(t *testing.T) {
	doc, _, err := press.Parse(specimen(t))
	if err != nil {
		t.Fatal(err)
	}
	data, _ := bind(t, specimen(t), press.Options{})
	for room := 0; room < len(data); room += len(data)/40 + 1 {
		if _, err := (Output{}).Write(t.Context(), &full{room}, doc, press.Options{}); err == nil {
			t.Errorf("a disk with room for %d of %d bytes was no error", room, len(data))
		}
	}
	if _, err := (Output{}).Write(t.Context(), &full{}, &press.Document{}, press.Options{}); !problem.Is(err, problem.Invalid) {
		t.Errorf("no chapters: %v", err)
	}
	if _, err := (Output{}).Write(t.Context(), &full{}, doc, press.Options{Theme: press.Theme{Name: "x"}}); err == nil {
		t.Error("a theme without trim was taken")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Output{}).Write(ctx, &full{}, doc, press.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

// FuzzChapter proves that any Markdown gives well-formed files.
func FuzzChapter(f *testing.F) {
	f.Add("Title", string(drawingSVG))
	for _, s := range []string{"::: a\n::: b\n:::\n", "<b>\"x'</b>--- \\", "a\n: b $x^2$\n\n$$\n\\frac12\n$$ {#e}\n[](#e)", "|a||\n|-|-|\n|^^|b|\n\nTable: c {#t}\n\n![](a.png){#f width=1%}[](page:t)", "a[^1]\n\n[^1]: b[^1]", strings.Repeat("> - ", 30), "\x00\u202e\ufffe]]>"} {
		f.Add(s, s)
	}
	for _, p := range pieces {
		f.Add(p, strings.Repeat(p, 3)+"\n\n[^1]: "+p)
	}
	assets := pictures(f)
	f.Fuzz(func(t *testing.T, title, text string) {
		m := book.Manuscript{
			Meta:     book.Meta{Title: "T" + title, Author: title, Subtitle: title, Publisher: text, ISBN: title, Imprint: []string{text}},
			Chapters: []book.Text{{ID: title, Title: title, Part: title, Numbered: true, Markdown: text}, {ID: title, Markdown: text + "\n\n::: verse\n" + text}},
			Assets:   assets,
		}
		data, _ := bind(t, m, press.Options{})
		for name, text := range unpack(t, data) {
			if name == "mimetype" || strings.HasSuffix(name, ".css") || strings.HasSuffix(name, ".png") || strings.HasSuffix(name, ".jpg") {
				continue
			}
			if err := wellFormed(text); err != nil {
				t.Fatalf("%s: %v\n%s", name, err, text)
			}
		}
	})
}

func BenchmarkCorpus(b *testing.B) {
	doc, _, err := press.Parse(corpus(b))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := (Output{}).Write(b.Context(), io.Discard, doc, press.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
