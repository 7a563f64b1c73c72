package cover

import (
	"testing"

	"quire/book"
)

func BenchmarkFront(b *testing.B) {
	p, _ := house(b)
	for _, m := range Motifs() {
		b.Run(m, func(b *testing.B) {
			for b.Loop() {
				if _, err := p.Front(book.Meta{Title: "The Harbour Letters", Subtitle: "A novel in twelve tides", Author: "Mara Quill"}, "en", Design{Motif: m}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
