package edition_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"quire/edition"
	"quire/press"
)

// packed is an EPUB taken apart.
type packed struct {
	names []string
	files map[string]string
	store map[string]bool // not compressed
}

// unpacked takes an EPUB apart.
func unpacked(t testing.TB, data []byte) *packed {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	p := &packed{files: map[string]string{}, store: map[string]bool{"mimetype": true}}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		p.names, p.files[f.Name] = append(p.names, f.Name), string(text)
	}
	return p
}

// pack puts it together again.
func (p *packed) pack(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range p.names {
		text, ok := p.files[name]
		if !ok {
			continue
		}
		head := &zip.FileHeader{Name: name, Method: zip.Deflate}
		create := z.CreateHeader
		if p.store[name] { // sizes in front, as the standard wants it
			head.Method, head.CRC32, create = zip.Store, crc32.ChecksumIEEE([]byte(text)), z.CreateRaw
			head.UncompressedSize64, head.CompressedSize64 = uint64(len(text)), uint64(len(text))
		}
		w, err := create(head)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// swap replaces a text in a file; it must be there.
func swap(t testing.TB, p *packed, name, old, with string) {
	t.Helper()
	name = "EPUB/" + name
	if !strings.Contains(p.files[name], old) {
		t.Fatalf("%s has no %q", name, old)
	}
	p.files[name] = strings.Replace(p.files[name], old, with, 1)
}

// put adds a file, and lists it if item is not "".
func put(t testing.TB, p *packed, name, text, item string) {
	t.Helper()
	p.names, p.files["EPUB/"+name] = append(p.names, "EPUB/"+name), text
	if item != "" {
		swap(t, p, "package.opf", "</manifest>", item+"</manifest>")
	}
}

// bound is the EPUB of the sound book, with the pages of its print edition.
func bound(t testing.TB) []byte {
	t.Helper()
	m := presses(t)
	look, err := edition.Look(edition.Looks{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := m.Press(t.Context(), &out, sound(t), look, edition.EPUB, true); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestWhateverBreaksAnEPUBIsFound(t *testing.T) {
	m, whole := presses(t), bound(t)
	for name, tt := range some(broken) {
		t.Run(name, func(t *testing.T) {
			p := unpacked(t, whole)
			tt.breaks(t, p)
			got, err := m.PreflightFile(p.pack(t), edition.EPUB, false, "")
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(notFine(got), func(f edition.Finding) bool { return f.Check == tt.check }) {
				t.Errorf("want %s, found %+v", tt.check, notFine(got))
			}
		})
	}
}

func TestTheEPUBOfTheSoundBookIsSound(t *testing.T) {
	whole := bound(t)
	for name, data := range map[string][]byte{"as made": whole, "packed again": unpacked(t, whole).pack(t)} {
		p, err := presses(t).PreflightFile(data, edition.EPUB, false, "")
		if err != nil || len(notFine(p)) > 0 {
			t.Errorf("%s: %v, found %+v", name, err, notFine(p))
		}
	}
}

const checker = "/usr/share/java/epubcheck.jar"

// TestNoErrorOfEpubcheckIsMissed lets epubcheck look at the same broken books.
func TestNoErrorOfEpubcheckIsMissed(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("make test does this; scripts/cover, which comes after it, only counts statements")
	}
	if _, err := os.Stat(checker); err != nil {
		t.Fatalf("epubcheck is missing: apt-get install epubcheck: %v", err)
	}
	m, whole, dir := presses(t), bound(t), t.TempDir()
	ours, files := map[string]edition.Preflight{}, []string{}
	for name, tt := range some(broken) {
		p := unpacked(t, whole)
		tt.breaks(t, p)
		data := p.pack(t)
		path := filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".epub")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
		got, err := m.PreflightFile(data, edition.EPUB, false, "")
		if err != nil {
			t.Fatal(err)
		}
		ours[path] = got
	}
	args := append([]string{"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", checker, "testdata/Each.java"}, files...)
	out, err := exec.CommandContext(t.Context(), "java", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("epubcheck: %v\n%s", err, out)
	}
	for i, part := range strings.Split(string(out), "BOOK ")[1:] {
		path, report, _ := strings.Cut(part, "\n")
		bad := strings.Contains(report, "ERROR(") || strings.Contains(report, "FATAL(")
		name := strings.ReplaceAll(strings.TrimSuffix(filepath.Base(path), ".epub"), "-", " ")
		if bad && ours[path].Errors == 0 {
			t.Errorf("%s: epubcheck finds errors and we do not:\n%s", name, report)
		}
		if !bad && !broken[name].only && testing.Verbose() {
			t.Logf("%d %s: epubcheck finds no error", i, name)
		}
	}
}

func TestHostileEPUBsEndInASentence(t *testing.T) {
	m, whole := presses(t), bound(t)
	for name, tt := range map[string]struct {
		data  func() []byte
		check string
	}{
		"cut off":            {func() []byte { return whole[:len(whole)/2] }, "epub.archive"},
		"a damaged file":     {func() []byte { d := bytes.Clone(whole); d[len(d)/2] ^= 0x55; return d }, "epub.archive"},
		"a bomb":             {func() []byte { return bomb(t) }, "epub.archive"},
		"a name that climbs": {func() []byte { p := unpacked(t, whole); put(t, p, "../../x", "x", ""); return p.pack(t) }, "epub.paths"},
		"an absolute name": {func() []byte {
			p := unpacked(t, whole)
			p.names = append(p.names, "/etc/x")
			p.files["/etc/x"] = "x"
			return p.pack(t)
		}, "epub.paths"},
		"a name of a machine": {func() []byte {
			p := unpacked(t, whole)
			p.names = append(p.names, `C:\x`)
			p.files[`C:\x`] = "x"
			return p.pack(t)
		}, "epub.paths"},
		"nested without end": {func() []byte {
			p := unpacked(t, whole)
			p.files["EPUB/chapter-2.xhtml"] = fmt.Sprintf(page, strings.Repeat("<div>", 5000)+strings.Repeat("</div>", 5000))
			return p.pack(t)
		}, "epub.xml"},
		"a billion laughs": {func() []byte {
			p := unpacked(t, whole)
			swap(t, p, "package.opf", "<package", `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><package`)
			return p.pack(t)
		}, "epub.package"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := m.PreflightFile(tt.data(), edition.EPUB, false, "")
			if err != nil || !slices.ContainsFunc(p.Findings, func(f edition.Finding) bool { return f.Check == tt.check && f.Level == edition.LevelError }) {
				t.Errorf("%v, want %s, found %+v", err, tt.check, notFine(p))
			}
		})
	}
}

// bomb is an archive that unpacks to more than a gigabyte of zeros. They are
// packed once and named three times.
func bomb(t testing.TB) []byte {
	t.Helper()
	const times = 400
	zeros := make([]byte, 1<<20)
	var packed bytes.Buffer
	press, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	_, err = press.Write(zeros)
	if err := errors.Join(err, press.Flush()); err != nil {
		t.Fatal(err)
	}
	body := bytes.Repeat(packed.Bytes(), times)
	packed.Reset()
	if err := press.Close(); err != nil {
		t.Fatal(err)
	}
	body = append(body, packed.Bytes()...)
	sum := crc32.NewIEEE()
	for range times {
		_, _ = sum.Write(zeros) // never fails
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := range 3 {
		head := &zip.FileHeader{Name: fmt.Sprintf("%d.png", i), Method: zip.Deflate, CRC32: sum.Sum32(),
			CompressedSize64: uint64(len(body)), UncompressedSize64: times << 20}
		w, err := z.CreateRaw(head)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// small is a sound EPUB of one page, to begin fuzzing with.
func small(t testing.TB) []byte {
	t.Helper()
	p := &packed{names: []string{"mimetype", "META-INF/container.xml", "o.opf", "n.xhtml", "c.css"}, store: map[string]bool{"mimetype": true}, files: map[string]string{
		"mimetype":               "application/epub+zip",
		"META-INF/container.xml": `<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="o.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
		"o.opf":                  `<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier><dc:title>t</dc:title><dc:language>en</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata><manifest><item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="c" href="c.css" media-type="text/css"/></manifest><spine><itemref idref="n"/></spine></package>`,
		"n.xhtml":                `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title><link rel="stylesheet" href="c.css"/></head><body><nav epub:type="toc"><ol><li><a href="#x">y</a></li></ol></nav><p id="x">z</p></body></html>`,
		"c.css":                  "p { color: red }",
	}}
	return p.pack(t)
}

// FuzzEPUB looks for panics and for hangs in what looks at EPUBs.
func FuzzEPUB(f *testing.F) {
	f.Add("o.opf", []byte("<package/>"))
	f.Add("n.xhtml", []byte(`<html xmlns="http://www.w3.org/1999/xhtml"><body><p id="a" id="b">&x;</p></body></html>`))
	f.Add("c.css", []byte(`@import "x"; p { background: url("y`))
	f.Add("", small(f))
	whole := unpacked(f, small(f))
	m := &edition.Maker{Outputs: map[edition.Format]press.Output{}}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if _, ok := whole.files[name]; ok {
			p := &packed{names: whole.names, store: whole.store, files: map[string]string{}}
			for k, v := range whole.files {
				p.files[k] = v
			}
			p.files[name] = string(data)
			data = p.pack(t)
		}
		p, err := m.PreflightFile(data, edition.EPUB, false, "")
		for _, one := range p.Findings {
			if strings.ContainsAny(one.Detail, "\n\x00\x1b") || len(one.Detail) > 2000 {
				t.Errorf("a sentence that cannot be shown: %q", one.Detail)
			}
		}
		if err == nil && len(p.Findings) == 0 {
			t.Error("nothing was found at all")
		}
	})
}
