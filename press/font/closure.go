package font

import (
	"slices"

	gofont "github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	ot "github.com/go-text/typesetting/font/opentype/tables"
)

// used are the features that reading systems apply by themselves or that our
// style sheets ask for, by their names in the OpenType specification.
var used = []string{"calt", "ccmp", "clig", "liga", "locl", "rlig", "init", "medi", "fina", "isol", "smcp", "onum", "lnum", "pnum", "tnum", "sups"}

// closure adds to some glyphs all that the face's substitutions can make of
// them.
func closure(f *gofont.Font, keep map[uint16]bool) {
	lookups := usedLookups(f)
	for before := -1; before != len(keep); {
		before = len(keep)
		for _, i := range lookups {
			for _, sub := range f.GSUB.Lookups[i].Subtables {
				substitute(sub, keep)
			}
		}
	}
}

// usedLookups are the substitutions of the used features, and those that these
// call, in ascending order.
func usedLookups(f *gofont.Font) []uint16 {
	var todo, out []uint16
	for _, feature := range f.GSUB.Features {
		if slices.Contains(used, tagName(feature.Tag)) {
			todo = append(todo, feature.LookupListIndices...)
		}
	}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int(i) >= len(f.GSUB.Lookups) || slices.Contains(out, i) {
			continue
		}
		out = append(out, i)
		for _, sub := range f.GSUB.Lookups[i].Subtables {
			for _, call := range calls(sub) {
				todo = append(todo, call.LookupListIndex)
			}
		}
	}
	slices.Sort(out)
	return out
}

// tagName is a tag as its four letters.
func tagName(t opentype.Tag) string {
	return string([]byte{byte(t >> 24), byte(t >> 16), byte(t >> 8), byte(t)})
}

// substitute adds what one substitution makes of the kept glyphs.
func substitute(sub ot.GSUBLookup, keep map[uint16]bool) {
	switch t := sub.(type) {
	case ot.SingleSubs:
		single(t, keep)
	case ot.MultipleSubs:
		each(t.Coverage, keep, len(t.Sequences), func(i int) []uint16 { return t.Sequences[i].SubstituteGlyphIDs })
	case ot.AlternateSubs:
		each(t.Coverage, keep, len(t.AlternateSets), func(i int) []uint16 { return t.AlternateSets[i].AlternateGlyphIDs })
	case ot.LigatureSubs:
		each(t.Coverage, keep, len(t.LigatureSets), func(i int) []uint16 { return ligatures(t.LigatureSets[i], keep) })
	case ot.ReverseChainSingleSubs:
		each(t.Cov(), keep, len(t.SubstituteGlyphIDs), func(i int) []uint16 { return t.SubstituteGlyphIDs[i : i+1] })
	}
}

// single adds what replaces one glyph by another.
func single(t ot.SingleSubs, keep map[uint16]bool) {
	switch d := t.Data.(type) {
	case ot.SingleSubstData1:
		for _, g := range sorted(keep) {
			if _, ok := d.Coverage.Index(g); ok {
				keep[g+uint16(d.DeltaGlyphID)] = true
			}
		}
	case ot.SingleSubstData2:
		each(d.Coverage, keep, len(d.SubstituteGlyphIDs), func(i int) []uint16 { return d.SubstituteGlyphIDs[i : i+1] })
	}
}

// each adds what made returns for the index of each kept glyph that is covered.
func each(cover ot.Coverage, keep map[uint16]bool, n int, made func(i int) []uint16) {
	for _, g := range sorted(keep) {
		i, ok := cover.Index(g)
		if !ok || i >= n {
			continue
		}
		for _, id := range made(i) {
			keep[id] = true
		}
	}
}

// ligatures are those all of whose parts are kept.
func ligatures(set ot.LigatureSet, keep map[uint16]bool) (out []uint16) {
	for _, l := range set.Ligatures {
		if !slices.ContainsFunc(l.ComponentGlyphIDs, func(g ot.GlyphID) bool { return !keep[g] }) {
			out = append(out, l.LigatureGlyph)
		}
	}
	return out
}

// calls are the substitutions that one calls where its context is found.
func calls(sub ot.GSUBLookup) (out []ot.SequenceLookupRecord) {
	rules := func(sets []ot.SequenceRuleSet) {
		for _, set := range sets {
			for _, r := range set.SeqRule {
				out = append(out, r.SeqLookupRecords...)
			}
		}
	}
	chained := func(sets []ot.ChainedSequenceRuleSet) {
		for _, set := range sets {
			for _, r := range set.ChainedSeqRules {
				out = append(out, r.SeqLookupRecords...)
			}
		}
	}
	switch t := sub.(type) {
	case ot.ContextualSubs:
		switch d := t.Data.(type) {
		case ot.ContextualSubs1:
			rules(d.SeqRuleSet)
		case ot.ContextualSubs2:
			rules(d.ClassSeqRuleSet)
		case ot.ContextualSubs3:
			out = d.SeqLookupRecords
		}
	case ot.ChainedContextualSubs:
		switch d := t.Data.(type) {
		case ot.ChainedContextualSubs1:
			chained(d.ChainedSeqRuleSet)
		case ot.ChainedContextualSubs2:
			chained(d.ChainedClassSeqRuleSet)
		case ot.ChainedContextualSubs3:
			out = d.SeqLookupRecords
		}
	}
	return out
}

// sorted are the kept glyphs in ascending order.
func sorted(keep map[uint16]bool) []uint16 {
	out := make([]uint16, 0, len(keep))
	for g := range keep {
		out = append(out, g)
	}
	slices.Sort(out)
	return out
}
