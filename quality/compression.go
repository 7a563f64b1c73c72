package quality

import (
	"compress/flate"
	"math"
	"slices"
)

const (
	packed       = 40_000 // bytes
	amplePacking = 2.75   // times; above it, passages are looked for that speak for it
)

// compression is how much smaller deflate makes 40 kB of the prose: the mean of
// all stretches of that length, and the most (M22). A loop is packed best.
func compression(b *body) outcome {
	var prose []byte
	for i := range b.chapters {
		c := &b.chapters[i]
		for _, p := range c.paras {
			for _, ch := range c.plain[p.start:p.end] {
				if ch != nothing {
					prose = append(prose, ch)
				}
			}
			prose = append(prose, '\n')
		}
	}
	if len(prose) < packed/2 {
		return unmeasured("needs 20,000 bytes of prose")
	}
	var ratios []float64
	var size counter
	w, err := flate.NewWriter(&size, flate.DefaultCompression)
	if err != nil {
		return unmeasured("cannot be packed")
	}
	for at := 0; at < len(prose); at += packed {
		part := prose[at:min(len(prose), at+packed)]
		if len(part) < packed/2 {
			break
		}
		size = 0
		w.Reset(&size)
		// A counter takes everything.
		_, _ = w.Write(part)
		_ = w.Close()
		ratios = append(ratios, float64(len(part))/float64(size))
	}
	mean, _ := spread(ratios)
	most := math.NaN()
	if len(ratios) > 1 {
		most = slices.Max(ratios)
	}
	o := outcome{values: []float64{mean, most}}
	if mean > amplePacking || most > amplePacking {
		o.evidence = b.longestAgain(b.runs())
	}
	return o
}

// counter counts bytes.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
