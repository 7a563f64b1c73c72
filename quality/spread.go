package quality

import (
	"math"
	"slices"
)

// spread gives the mean and the coefficient of variation (σ/μ) of some numbers,
// NaN of none.
func spread(list []float64) (mean, cv float64) {
	if len(list) == 0 {
		return math.NaN(), math.NaN()
	}
	for _, v := range list {
		mean += v
	}
	mean /= float64(len(list))
	if mean == 0 {
		return 0, math.NaN()
	}
	for _, v := range list {
		cv += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(cv/float64(len(list))) / mean
}

// gini is the Gini coefficient: 0 when all are equal, towards 1 when one has all.
func gini(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	sum, ranked := 0.0, 0.0
	for i, v := range sorted {
		sum, ranked = sum+v, ranked+float64(i+1)*v
	}
	n := float64(len(sorted))
	if sum == 0 {
		return math.NaN()
	}
	return 2*ranked/(n*sum) - (n+1)/n
}

// trend is the slope of a least-squares line through y over 0, 1, 2 … and its
// t-value; NaN of fewer than three numbers.
func trend(y []float64) (slope, t float64) {
	n := float64(len(y))
	if n < 3 {
		return math.NaN(), math.NaN()
	}
	mean, _ := spread(y)
	middle := (n - 1) / 2
	sxx, sxy := 0.0, 0.0
	for i, v := range y {
		dx := float64(i) - middle
		sxx, sxy = sxx+dx*dx, sxy+dx*(v-mean)
	}
	slope = sxy / sxx
	rest := 0.0
	for i, v := range y {
		d := v - mean - slope*(float64(i)-middle)
		rest += d * d
	}
	if rest < 1e-12 { // a line without scatter is as sure as can be
		return slope, math.Copysign(1000, slope) * float64(min(1, int(math.Ceil(math.Abs(slope)*1e9))))
	}
	return slope, slope / math.Sqrt(rest/(n-2)/sxx)
}
