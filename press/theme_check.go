package press

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// themeField is one field of a theme with what its tags say.
type themeField struct {
	path  string
	value reflect.Value
	tag   reflect.StructTag
}

// walkTheme lists all fields of a theme in the order of its structs.
func walkTheme(v reflect.Value, path string) []themeField {
	var out []themeField
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, option, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case option == "inline":
			out = append(out, walkTheme(v.Field(i), path)...)
		case f.Type.Kind() == reflect.Struct && f.Type != reflect.TypeFor[Hue]():
			out = append(out, walkTheme(v.Field(i), path+name+".")...)
		default:
			out = append(out, themeField{path + name, v.Field(i), f.Tag})
		}
	}
	return out
}

// bounds returns the least and the most of a number, in the field's own unit.
func (f themeField) bounds() (low, high int64, ok bool) {
	n, err := fmt.Sscanf(f.tag.Get("range"), "%d %d", &low, &high)
	return low, high, n == 2 && err == nil
}

// choices returns the words that the field may be; nil if any will do.
func (f themeField) choices() []string {
	one := f.tag.Get("one")
	if one == "faces" {
		one = FaceNames
	}
	if one == "" {
		return nil
	}
	return strings.Split(one, "|")
}

// unit names the unit of a field's range; "" for plain counts.
func (f themeField) unit() string {
	if f.value.Type() == reflect.TypeFor[Pt]() {
		return " points"
	}
	return ""
}

// number returns the field's value in the unit of its range, and what is left
// of it.
func (f themeField) number() (n, rest int64) {
	if f.value.Type() == reflect.TypeFor[Pt]() {
		return f.value.Int() / int64(Point), f.value.Int() % int64(Point)
	}
	return f.value.Int(), 0
}

// check records every field that no page could be set with.
func (r *themeReader) check(t *Theme) {
	for _, f := range walkTheme(reflect.ValueOf(t).Elem(), "") {
		if r.lines[f.path] >= 0 {
			r.checkField(f)
		}
	}
	if t.Name == "" {
		r.blame(r.line("name"), "name", "must be given")
	}
	if _, err := ParseTrim(t.Trim); err != nil {
		r.blame(r.line("trim"), "trim", "must be a trim size, like 6x9, A5 or 140x210mm")
	}
	for _, s := range t.sizes() {
		if s.Leading < s.Size.Scale(9, 10) && s.Size > 0 {
			r.blame(r.line(s.field+".leading", s.field+".size"), s.field+".leading", "must be at least 0.9 of the size")
		}
	}
	if sides := t.Margins.Inside + t.Margins.Outside; sides > 450 {
		r.blame(r.line("margins.inside", "margins.outside"), "margins", "leave no room for text: inside and outside together must be at most 450")
	}
}

// checkField holds one field against its tags.
func (r *themeReader) checkField(f themeField) {
	if low, high, ok := f.bounds(); ok {
		if n, rest := f.number(); n < low || n > high || n == high && rest > 0 || n == low && rest < 0 {
			r.blame(r.line(f.path), f.path, "must be %d to %d%s", low, high, f.unit())
		}
	}
	if words := f.choices(); words != nil && !slices.Contains(words, f.value.String()) {
		r.blame(r.line(f.path), f.path, "must be one of: %s", strings.Join(words, ", "))
	}
	if f.value.Kind() == reflect.String && len([]rune(f.value.String())) > 200 {
		r.blame(r.line(f.path), f.path, "must have at most 200 letters")
	}
}

// line returns the line of the first of some fields that the file has.
func (r *themeReader) line(paths ...string) int {
	for _, p := range paths {
		if n := r.lines[p]; n > 0 {
			return n
		}
	}
	return 0
}

// namedType is a type with the field it stands in.
type namedType struct {
	field string
	Type
}

// sizes lists every size of type that has a leading.
func (t *Theme) sizes() []namedType {
	return []namedType{
		{"text", t.Text}, {"quote", t.Quote.Type}, {"epigraph", t.Epigraph.Type}, {"note", t.Note}, {"table", t.Table.Type}, {"caption", t.Caption},
		{"code", t.Code.Type}, {"opening.number", t.Opening.Number}, {"opening.title", t.Opening.Title},
		{"h2", t.H2.Type}, {"h3", t.H3.Type}, {"h4", t.H4.Type},
	}
}
