package layout

import "math"

// colorMatrix is what feColorMatrix does to a colour (Filter Effects 1, 9.6).
func colorMatrix(kind string, v []float64) func([4]float64) [4]float64 {
	one := 1.0
	if len(v) > 0 {
		one = v[0]
	}
	var m [20]float64
	switch kind {
	case "saturate":
		m = hueSaturation(one, 0, 1)
	case "hueRotate":
		if len(v) == 0 {
			one = 0
		}
		sin, cos := sinCos(one)
		m = hueSaturation(cos, sin, 1)
	case "luminanceToAlpha":
		m = [20]float64{15: 0.2126, 16: 0.7152, 17: 0.0722}
	default:
		m = [20]float64{0: 1, 6: 1, 12: 1, 18: 1}
		if len(v) == 20 {
			m = [20]float64(v)
		}
	}
	return func(c [4]float64) (out [4]float64) {
		for i := range 4 {
			r := m[5*i : 5*i+5]
			out[i] = min(max(mul(r[0], c[0])+mul(r[1], c[1])+mul(r[2], c[2])+mul(r[3], c[3])+r[4], 0), 1)
		}
		return out
	}
}

// hueSaturation is the matrix that turns the hue, and with sin 0 the one that
// changes the saturation.
func hueSaturation(cos, sin, alpha float64) [20]float64 {
	grey := [3]float64{0.213, 0.715, 0.072}
	turn := [3][3]float64{{-0.213, -0.715, 0.928}, {0.143, 0.140, -0.283}, {-0.787, 0.715, 0.072}}
	m := [20]float64{18: alpha}
	for i := range 3 {
		for k := range 3 {
			same := 0.0
			if i == k {
				same = 1
			}
			m[5*i+k] = grey[k] + mul(cos, same-grey[k]) + mul(sin, turn[i][k])
		}
	}
	return m
}

// transfer is what feComponentTransfer does to a colour (Filter Effects 1, 9.7).
func transfer(n *svgNode) func([4]float64) [4]float64 {
	var f [4]func(float64) float64
	for _, k := range n.kids {
		for i, name := range [4]string{"feFuncR", "feFuncG", "feFuncB", "feFuncA"} {
			if k.name == name {
				f[i] = component(k)
			}
		}
	}
	return func(c [4]float64) [4]float64 {
		for i := range c {
			if f[i] != nil {
				c[i] = min(max(f[i](c[i]), 0), 1)
			}
		}
		return c
	}
}

// component is the function of one colour.
func component(n *svgNode) func(float64) float64 {
	table := numbers(n.attr["tableValues"])
	at := func(name string, or float64) float64 {
		if v, ok := n.attr[name]; ok {
			return number64(v)
		}
		return or
	}
	switch kind := n.attr["type"]; {
	case kind == "linear":
		slope, intercept := at("slope", 1), at("intercept", 0)
		return func(v float64) float64 { return mul(slope, v) + intercept }
	case kind == "gamma":
		amplitude, exponent, offset := at("amplitude", 1), at("exponent", 1), at("offset", 0)
		return func(v float64) float64 { return mul(amplitude, math.Pow(v, exponent)) + offset }
	case kind == "discrete" && len(table) > 0:
		return func(v float64) float64 { return table[min(int(mul(v, float64(len(table)))), len(table)-1)] }
	case kind == "table" && len(table) > 1:
		return func(v float64) float64 {
			x := mul(v, float64(len(table)-1))
			i := min(int(x), len(table)-2)
			return table[i] + mul(x-float64(i), table[i+1]-table[i])
		}
	}
	return nil
}
