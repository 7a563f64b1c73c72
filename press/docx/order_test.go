package docx

import (
	"slices"
	"strings"
	"testing"

	"quire/book"
	"quire/press"
)

// orders are the children of elements in the order of the schemas of ECMA-376
// (wml.xsd and shared-math.xsd, transitional). Word calls a file damaged that
// does not keep it.
var orders = map[string]string{
	"w:pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap " +
		"overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc " +
		"textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
	"w:rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern " +
		"position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
	"w:sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote " +
		"titlePg textDirection bidi rtlGutter docGrid printerSettings",
	"w:tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout " +
		"tblCellMar tblLook tblCaption tblDescription",
	"w:tcPr":        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
	"w:tbl":         "tblPr tblGrid tr",
	"w:tc":          "tcPr p",
	"w:tr":          "tblPrEx trPr tc",
	"w:tblBorders":  "top left bottom right insideH insideV",
	"w:tcBorders":   "top left bottom right insideH insideV",
	"w:tblCellMar":  "top left bottom right",
	"w:pBdr":        "top left bottom right between bar",
	"w:lvl":         "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
	"w:abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
	"w:num":         "abstractNumId lvlOverride",
	"w:numbering":   "numPicBullet abstractNum num numIdMacAtCleanup",
	"w:numPr":       "ilvl numId",
	"w:style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose " +
		"personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
	"w:tblStylePr":  "pPr rPr tblPr trPr tcPr",
	"w:styles":      "docDefaults latentStyles style",
	"w:docDefaults": "rPrDefault pPrDefault",
	"w:font":        "altName panose1 charset family notTrueType pitch sig",
	"w:sdt":         "sdtPr sdtEndPr sdtContent",
	"w:footnotePr":  "pos numFmt numStart numRestart footnote",
	"w:settings": "writeProtection view zoom removePersonalInformation mirrorMargins alignBordersAndEdges documentProtection trackRevisions defaultTabStop " +
		"autoHyphenation consecutiveHyphenLimit hyphenationZone doNotHyphenateCaps evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat " +
		"docVars rsids mathPr attachedSchema themeFontLang clrSchemeMapping decimalSymbol listSeparator",
	"m:mathPr":      "mathFont brkBin brkBinSub smallFrac dispDef lMargin rMargin defJc",
	"m:r":           "rPr rPr t",
	"m:naryPr":      "chr limLoc grow subHide supHide ctrlPr",
	"m:nary":        "naryPr sub sup e",
	"m:dPr":         "begChr sepChr endChr grow shp ctrlPr",
	"m:d":           "dPr e",
	"m:f":           "fPr num den",
	"m:rad":         "radPr deg e",
	"m:sSub":        "sSubPr e sub",
	"m:sSup":        "sSupPr e sup",
	"m:sSubSup":     "sSubSupPr e sub sup",
	"m:limLow":      "limLowPr e lim",
	"m:limUpp":      "limUppPr e lim",
	"m:groupChrPr":  "chr pos vertJc ctrlPr",
	"m:groupChr":    "groupChrPr e",
	"m:acc":         "accPr e",
	"m:bar":         "barPr e",
	"m:m":           "mPr mr",
	"m:mPr":         "baseJc plcHide rSpRule cGpRule rSp cSp cGp mcs ctrlPr",
	"m:mcPr":        "count mcJc",
	"wp:inline":     "extent effectExtent docPr cNvGraphicFramePr graphic",
	"pic:pic":       "nvPicPr blipFill spPr",
	"w:p":           "pPr *",
	"w:body":        "* sectPr",
	"w:footnote":    "p tbl bookmarkStart bookmarkEnd",
	"w:hdr":         "p",
	"w:ftr":         "p",
	"w:lvlOverride": "startOverride lvl",
}

// repeated are the elements whose children may come in any turn or number.
var repeated = []string{"w:footnote", "w:hdr", "w:ftr"}

// breaches says what in a tree is not in the order of the schemas.
func breaches(n *node) []string {
	var out []string
	n.each(func(e *node) {
		want, ok := orders[e.name]
		if !ok || strings.Contains(want, "*") {
			out = append(out, edgeBreaches(e, want)...)
			return
		}
		order, last := strings.Fields(want), 0
		for _, k := range e.kids {
			_, name, ok := strings.Cut(k.name, ":")
			if !ok { // white
				continue
			}
			at := slices.Index(order, name)
			if at < 0 {
				out = append(out, e.name+" holds "+k.name)
				continue
			}
			if at < last && !slices.Contains(repeated, e.name) && (e.name != "w:sectPr" || at > 1) {
				out = append(out, e.name+" has "+k.name+" behind "+order[last])
			}
			last = max(at, last)
		}
	})
	return out
}

// edgeBreaches checks elements that must only begin or end with something.
func edgeBreaches(e *node, want string) []string {
	if want == "" {
		return nil
	}
	for i, k := range e.kids {
		if e.name == "w:p" && k.name == "w:pPr" && i > 0 {
			return []string{"w:p has w:pPr not in front"}
		}
		if e.name == "w:body" && k.name == "w:sectPr" && i < len(e.kids)-1 {
			return []string{"w:body has w:sectPr not at its end"}
		}
	}
	return nil
}

func TestElementsAreInTheOrderOfTheSchemas(t *testing.T) {
	for _, theme := range press.Themes() {
		for name, m := range map[string]book.Manuscript{"specimen": specimen(t), "hostile": hostile(), "arabic": arabic()} {
			data, _ := bind(t, m, press.Options{Theme: theme, Screen: theme.Name == "modern"})
			for part, text := range unpack(t, data) {
				if !strings.HasSuffix(part, ".xml") {
					continue
				}
				for _, b := range breaches(mustRead(t, text)) {
					t.Errorf("%s in %s: %s: %s", name, theme.Name, part, b)
				}
			}
		}
	}
}

func TestTheOrderCheckFindsBreaches(t *testing.T) {
	const space = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	for name, text := range map[string]string{
		"turned":  "<w:rPr" + space + "><w:i/><w:b/></w:rPr>",
		"unknown": "<w:pPr" + space + "><w:sz/></w:pPr>",
		"late":    "<w:p" + space + "><w:r/><w:pPr/></w:p>",
	} {
		t.Run(name, func(t *testing.T) {
			if got := breaches(mustRead(t, text)); len(got) != 1 {
				t.Errorf("found %q", got)
			}
		})
	}
}
