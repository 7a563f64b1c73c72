package layout

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hyphenated shows a word with its break points.
func hyphenated(p *patterns, word string) string {
	rs := []rune(word)
	var out []string
	from := 0
	for _, at := range p.points(rs) {
		out = append(out, string(rs[from:at]))
		from = at
	}
	return strings.Join(append(out, string(rs[from:])), "-")
}

func TestWordsAreHyphenatedByTheirLanguage(t *testing.T) {
	h := newHyphenation()
	for word, tt := range map[string]struct{ lang, want string }{
		"hyphenation":     {"en-US", "hy-phen-ation"},
		"Hyphenation":     {"en-US", "Hy-phen-ation"},
		"table":           {"en-US", "ta-ble"}, // an exception in the file
		"university":      {"en-GB", "uni-ver-sity"},
		"Silbentrennung":  {"de", "Sil-ben-tren-nung"},
		"Straßenbahn":     {"de-AT", "Stra-ßen-bahn"},
		"cheval":          {"fr", "che-val"},
		"trabajo":         {"es", "tra-ba-jo"},
		"finestra":        {"it", "fi-ne-stra"},
		"trabalho":        {"pt-BR", "tra-ba-lho"},
		"afbreken":        {"nl", "af-bre-ken"},
		"авторитет":       {"ru", "ав-то-ри-тет"},
		"бібліотека":      {"uk", "бі-бліо-те-ка"},
		"библиотека":      {"bg", "биб-ли-о-те-ка"},
		"καθημερινή":      {"el", "κα-θη-με-ρι-νή"},
		"biblioteka":      {"sr-Latn-RS", "bi-bli-o-te-ka"},
		"библиотеке":      {"sr", "би-бли-о-те-ке"},
		"knjižnica":       {"hr", "knjiž-ni-ca"},
		"bibliotek":       {"nb-NO", "bi-blio-tek"},
		"raamatukogu":     {"et", "raa-ma-tu-kogu"},
		"kütüphane":       {"tr", "kü-tüp-ha-ne"},
		"biblioteko":      {"ca", "bi-bli-o-teko"},
		"bibliotheca":     {"la", "bi-blio-the-ca"},
		"lentamente":      {"gl", "len-ta-men-te"},
		"cat":             {"en", "cat"},
		"no":              {"en", "no"},
		"untranslatable‑": {"tlh", "untranslatable‑"},
	} {
		t.Run(word, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, hyphenated(h.language(tt.lang), word)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestThePatternsAreTheOnesThatWereTaken(t *testing.T) {
	list, err := os.ReadFile("patterns/SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for line := range strings.Lines(string(list)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		listed[name] = true
		data, err := patternFiles.ReadFile("patterns/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if got := sha256.Sum256(data); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s has changed", name)
		}
	}
	h := newHyphenation()
	for lang, name := range patternNames {
		if !listed["hyph-"+name+".tex"] {
			t.Errorf("%s has no checksum", name)
		}
		if p := h.language(lang); p == nil || len(p.rules.rules) < 20 || p.left < 1 || p.right < 1 {
			t.Errorf("%s cannot be read", lang)
		}
	}
}

func TestThirtyLanguagesAndMoreHaveASourceEach(t *testing.T) {
	sources, err := os.ReadFile("patterns/SOURCES.md")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]bool{}
	for _, name := range patternNames {
		files[name] = true
		if !strings.Contains(string(sources), "| hyph-"+name+".tex | texlive-lang-") {
			t.Errorf("%s has no source and licence", name)
		}
	}
	if len(files) < 30 {
		t.Errorf("%d pattern files", len(files))
	}
	all, _ := patternFiles.ReadDir("patterns")
	if len(all) != len(files) {
		t.Errorf("%d files are embedded, %d are used", len(all), len(files))
	}
}

func BenchmarkReadGermanPatterns(b *testing.B) {
	text, err := patternFiles.ReadFile("patterns/hyph-de-1996.tex")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		parsePatterns(string(text))
	}
}
