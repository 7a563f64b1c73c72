package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"path"
	"slices"
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
	for name, m := range map[string]book.Manuscript{"specimen": specimen(t), "corpus": corpus(t), "hostile": hostile()} {
		t.Run(name, func(t *testing.T) {
			one, _ := bind(t, m, press.Options{Date: day})
			two, _ := bind(t, m, press.Options{Date: day.In(time.FixedZone("east", 3600*9))})
			if !bytes.Equal(one, two) {
				t.Error("two runs differ")
			}
		})
	}
}

func TestTheArchiveHasNoTimes(t *testing.T) {
	data, _ := bind(t, specimen(t), press.Options{Date: day})
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if got := z.File[0].Name; got != "[Content_Types].xml" {
		t.Errorf("the file begins with %s", got)
	}
	for _, f := range z.File {
		if f.ModifiedDate != dosEpoch || f.ModifiedTime != 0 || len(f.Extra) > 0 || f.Flags != 0 {
			t.Errorf("%s has a time or flags", f.Name)
		}
		if picture := strings.HasSuffix(f.Name, ".png") || strings.HasSuffix(f.Name, ".jpeg"); picture != (f.Method == zip.Store) {
			t.Errorf("%s has method %d", f.Name, f.Method)
		}
	}
}

func TestEveryPartIsWellFormedTypedAndReached(t *testing.T) {
	for name, m := range map[string]book.Manuscript{"specimen": specimen(t), "corpus": corpus(t), "hostile": hostile()} {
		t.Run(name, func(t *testing.T) {
			data, _ := bind(t, m, press.Options{Date: day})
			files := unpack(t, data)
			types := mustRead(t, files["[Content_Types].xml"])
			reached := map[string]bool{"[Content_Types].xml": true}
			for file, text := range files {
				if strings.HasSuffix(file, ".xml") || strings.HasSuffix(file, ".rels") || strings.HasSuffix(file, ".svg") {
					mustRead(t, text)
				}
				if !typed(types, file) {
					t.Errorf("%s has no content type", file)
				}
				if strings.HasSuffix(file, ".rels") {
					reached[file] = true
					reach(t, file, text, files, reached)
				}
			}
			for file := range files {
				if !reached[file] {
					t.Errorf("nothing leads to %s", file)
				}
			}
		})
	}
}

// typed reports whether a file has a content type of its own or by its ending.
func typed(types *node, file string) bool {
	for _, k := range types.kids {
		if k.attr["PartName"] == "/"+file {
			return true
		}
	}
	if strings.HasSuffix(file, ".xml") && file != "[Content_Types].xml" {
		return false
	}
	for _, k := range types.kids {
		if ending := k.attr["Extension"]; ending != "" && strings.HasSuffix(file, "."+ending) {
			return true
		}
	}
	return false
}

// reach follows the relations of a part and checks that all are there, and that
// the part uses no other.
func reach(t *testing.T, file, text string, files map[string]string, reached map[string]bool) {
	t.Helper()
	folder, name := path.Split(file)
	folder = strings.TrimSuffix(folder, "_rels/")
	ids := map[string]bool{}
	for _, r := range mustRead(t, text).all("Relationship") {
		ids[r.attr["Id"]] = true
		if r.attr["TargetMode"] == "External" {
			continue
		}
		target := folder + r.attr["Target"]
		if _, ok := files[target]; !ok {
			t.Errorf("%s leads to %s, which is not there", file, target)
		}
		reached[target] = true
	}
	if name == ".rels" {
		return
	}
	mustRead(t, files[folder+strings.TrimSuffix(name, ".rels")]).each(func(n *node) {
		for _, a := range []string{"r:id", "r:embed"} {
			if v := n.attr[a]; v != "" && !ids[v] {
				t.Errorf("%s uses %s, which is no relation", file, v)
			}
		}
	})
}

func TestNumbersAndNamesAreUniqueAndLead(t *testing.T) {
	for name, m := range map[string]book.Manuscript{"specimen": specimen(t), "hostile": hostile()} {
		t.Run(name, func(t *testing.T) {
			data, _ := bind(t, m, press.Options{})
			files := unpack(t, data)
			body, notes := mustRead(t, files["word/document.xml"]), mustRead(t, files["word/footnotes.xml"])
			both := &node{kids: []*node{body, notes}}
			names := unique(t, both, "w:bookmarkStart", "w:name")
			unique(t, both, "w:bookmarkStart", "w:id")
			unique(t, both, "wp:docPr", "id")
			if len(both.all("w:bookmarkStart")) != len(both.all("w:bookmarkEnd")) {
				t.Error("a bookmark does not end")
			}
			for _, h := range both.all("w:hyperlink") {
				if to := h.attr["w:anchor"]; to != "" && !names[to] {
					t.Errorf("a link leads to %q, which is not there", to)
				}
			}
			for _, f := range both.all("w:instrText") {
				words := strings.Fields(f.text)
				if (words[0] == "PAGEREF" || words[0] == "NOTEREF") && !names[words[1]] {
					t.Errorf("the field %q leads nowhere", f.text)
				}
			}
			styles := unique(t, mustRead(t, files["word/styles.xml"]), "w:style", "w:styleId")
			for _, tag := range []string{"w:pStyle", "w:rStyle", "w:tblStyle"} {
				for _, s := range both.all(tag) {
					if !styles[s.attr["w:val"]] {
						t.Errorf("there is no style %s", s.attr["w:val"])
					}
				}
			}
			numbers := unique(t, mustRead(t, files["word/numbering.xml"]), "w:num", "w:numId")
			for _, n := range both.all("w:numId") {
				if v := n.attr["w:val"]; v != "0" && !numbers[v] {
					t.Errorf("there is no list %s", v)
				}
			}
			unique(t, notes, "w:footnote", "w:id")
			for _, n := range idsOf(body, "w:footnoteReference") {
				if !slices.Contains(idsOf(notes, "w:footnote"), n) {
					t.Errorf("there is no note %s", n)
				}
			}
		})
	}
}

// idsOf are the IDs of elements.
func idsOf(n *node, name string) []string {
	var out []string
	for _, e := range n.all(name) {
		out = append(out, e.attr["w:id"])
	}
	return out
}

// unique checks that the values of an attribute are, and returns them.
func unique(t *testing.T, n *node, name, attr string) map[string]bool {
	t.Helper()
	seen := map[string]bool{}
	for _, e := range n.all(name) {
		v := e.attr[attr]
		if seen[v] {
			t.Errorf("two %s have %s=%q", name, attr, v)
		}
		seen[v] = true
	}
	return seen
}

func TestPropertiesComeFromTheBook(t *testing.T) {
	m := specimen(t)
	m.Meta.Keywords, m.Meta.Description = []string{"paper", "type"}, "About <paper>."
	for name, tt := range map[string]struct {
		date    time.Time
		created []string
	}{"dated": {day, []string{"2026-01-31T10:20:30Z"}}, "without a date": {time.Time{}, nil}} {
		t.Run(name, func(t *testing.T) {
			data, report := bind(t, m, press.Options{Date: tt.date})
			core := mustRead(t, unpack(t, data)["docProps/core.xml"])
			got := map[string][]string{}
			for _, k := range core.kids {
				if k.name != "#text" {
					got[k.name] = append(got[k.name], k.text)
				}
			}
			want := map[string][]string{
				"dc:title": {"From Sheet to Shelf"}, "dc:creator": {"The compositors of quire"}, "dc:language": {"en-GB"}, "dc:description": {"About <paper>."},
				"dc:subject": {"How a book is made, told by one that was"}, "cp:keywords": {"paper, type"},
			}
			if tt.created != nil {
				want["dcterms:created"], want["dcterms:modified"] = tt.created, tt.created
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if report.Words != parse(t, m).Words() || report.Pages != 0 {
				t.Errorf("report %+v", report)
			}
		})
	}
}

func TestAnEmptyBookIsRefused(t *testing.T) {
	_, err := Output{}.Write(t.Context(), &bytes.Buffer{}, &press.Document{Lang: "en"}, press.Options{})
	var p *problem.Error
	if !errors.As(err, &p) || p.Kind != problem.Invalid {
		t.Errorf("got %v", err)
	}
}

func TestACanceledWriteStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var b bytes.Buffer
	if _, err := (Output{}).Write(ctx, &b, parse(t, corpus(t)), press.Options{}); !errors.Is(err, context.Canceled) || b.Len() > 0 {
		t.Errorf("error %v, %d bytes", err, b.Len())
	}
}

func BenchmarkWrite(b *testing.B) {
	m := corpus(b)
	for b.Loop() {
		bind(b, m, press.Options{Date: day})
	}
}
