package figure

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTicksAreRound(t *testing.T) {
	for name, tt := range map[string]struct {
		lo, hi   float64
		most     int
		want     []float64
		decimals int
	}{
		"tens":       {0, 47, 6, []float64{0, 10, 20, 30, 40, 50}, 0},
		"tenths":     {0.12, 0.38, 6, []float64{0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4}, 2},
		"below zero": {-7, 12, 5, []float64{-10, -5, 0, 5, 10, 15}, 0},
		"one value":  {5, 5, 5, []float64{0, 2, 4, 6, 8, 10}, 0},
		"zero":       {0, 0, 4, []float64{-1, -0.5, 0, 0.5, 1}, 1},
		"millions":   {0, 2.3e6, 5, []float64{0, 5e5, 1e6, 1.5e6, 2e6, 2.5e6}, 0},
	} {
		got := ticksFor(tt.lo, tt.hi, tt.most)
		if diff := cmp.Diff(tt.want, got.values); diff != "" || got.decimals != tt.decimals {
			t.Errorf("%s: %d decimals (-want +got):\n%s", name, got.decimals, diff)
		}
	}
}

func TestTicksCoverEveryRange(t *testing.T) {
	for _, lo := range []float64{-1e15, -3.7, 0, 1e-9, 12345.678, 999999999999998} {
		for _, wide := range []float64{1e-9, 0.37, 12, 1e6, 2e15} {
			hi := lo + wide
			got := ticksFor(lo, hi, 6)
			n, off := len(got.values), 1e-6*max(math.Abs(lo), math.Abs(hi))
			if n < 2 || n > 8 || got.values[0] > lo+off || got.values[n-1] < hi-off || got.values[0] >= got.values[n-1] {
				t.Errorf("%g to %g has the ticks %v", lo, hi, got.values)
			}
		}
	}
}

func TestLabelsSpreadAsLittleAsTheyMust(t *testing.T) {
	for name, tt := range map[string]struct{ at, high, want []dot }{
		"apart":      {[]dot{100, 300}, []dot{50, 50}, []dot{100, 300}},
		"together":   {[]dot{200, 200}, []dot{100, 100}, []dot{150, 250}},
		"reversed":   {[]dot{210, 200}, []dot{100, 100}, []dot{255, 155}},
		"at the top": {[]dot{10, 20}, []dot{100, 100}, []dot{50, 150}},
		"at the end": {[]dot{990, 995}, []dot{100, 100}, []dot{850, 950}},
		"a chain":    {[]dot{400, 450, 480}, []dot{100, 100, 100}, []dot{343, 443, 543}},
	} {
		if diff := cmp.Diff(tt.want, spread(tt.at, tt.high, 0, 1000)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestDatesAreReadAndOrdered(t *testing.T) {
	for _, text := range []string{"", "0", "1969-13", "1969-00-01", "1969-02-30", "69-1", "1969-7-20", "1969-07-20-1", "x", "+5", "--5", "99999", "-9999999"} {
		if d, err := parseDate(text); err == nil {
			t.Errorf("%q is read as %+v", text, d)
		}
	}
	list := []string{"-300000", "-44", "-44-03-15", "-1-12-31", "1", "1000", "1969-07", "1969-07-20", "1969-12-31", "1970", "2000-02-29"}
	for i, text := range list {
		d, err := parseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 {
			last, _ := parseDate(list[i-1])
			if d.before(last) || d.days() < last.days() {
				t.Errorf("%s comes before %s", text, list[i-1])
			}
		}
	}
}
