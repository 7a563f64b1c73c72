package figure

import (
	"strings"
	"unicode"
)

// estimate is how wide a text is at most in the usual book faces: the widest of
// EB Garamond, Charis, Andika, PT Sans and Open Sans, letter by letter. Where a
// reader has none of them, a sans may be wider still, as DejaVu Sans is.
func estimate(text, family string, bold bool, size float64) float64 {
	thousandths := 0
	for _, r := range text {
		thousandths += letterWidth(r, bold)
	}
	name := strings.ToLower(family)
	if strings.Contains(name, "mono") || strings.Contains(name, "courier") {
		thousandths = 620 * len([]rune(text))
	} else if strings.HasSuffix(families(family), "sans-serif") {
		thousandths = thousandths * 107 / 100
	}
	return float64(float64(thousandths)*size) / 1000
}

// letterWidth is the width of a letter in thousandths of the size.
func letterWidth(r rune, bold bool) int {
	switch {
	case r >= ' ' && r <= '~' && bold:
		return boldWidths[r-' ']
	case r >= ' ' && r <= '~':
		return plainWidths[r-' ']
	case r == '\u00a0':
		return 300
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), r >= 0x1f000:
		return 1000
	case r == '…' || r == '—' || r == '‰' || r == 'Ж' || r == 'Щ' || r == 'Ш' || r == 'Ю' || r == 'Œ' || r == 'Æ':
		return 1050
	case unicode.IsUpper(r):
		return 820
	}
	return 660
}

// The widths of the characters from blank to tilde: the widest among the faces.
var (
	plainWidths = [95]int{
		292, 373, 500, 743, 585, 859, 814, 295, 388, 388, 551, 1000, 317, 419, 312, 490, 585, 585, 585, 585, 585, 585, 585, 585, 585,
		585, 312, 317, 1000, 1000, 1000, 512, 1064, 692, 647, 677, 754, 583, 561, 729, 810, 476, 484, 681, 591, 902, 770, 778, 602,
		806, 713, 573, 670, 738, 672, 1015, 707, 644, 603, 422, 488, 422, 542, 622, 577, 561, 612, 498, 612, 561, 366, 549, 613, 303,
		292, 534, 296, 930, 613, 604, 612, 612, 434, 477, 407, 613, 528, 783, 529, 529, 507, 488, 550, 488, 833,
	}
	boldWidths = [95]int{
		292, 380, 529, 741, 605, 900, 814, 305, 419, 419, 544, 1000, 324, 459, 346, 527, 605, 605, 605, 605, 605, 605, 605, 605, 605,
		605, 346, 346, 1000, 1000, 1000, 532, 1059, 725, 676, 708, 740, 598, 585, 724, 793, 510, 512, 698, 653, 942, 812, 795, 627,
		795, 704, 606, 696, 755, 715, 1042, 796, 700, 653, 547, 527, 588, 532, 631, 606, 613, 632, 514, 632, 590, 390, 578, 657, 333,
		327, 620, 333, 981, 657, 619, 632, 632, 485, 505, 434, 657, 568, 855, 578, 568, 517, 507, 550, 507, 833,
	}
)
