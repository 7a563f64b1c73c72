package press

import (
	"strings"
	"sync"
)

// mathSymbol is a character and its class.
type mathSymbol struct {
	text  string
	class MathClass
}

// The symbols of LaTeX and amsmath by name, as "name character" pairs. Names
// and classes: Scott Pakin, The Comprehensive LaTeX Symbol List; characters:
// Unicode Technical Report 25.
const (
	ordSymbols = `
alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa ϰ lambda λ
mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ
omega ω digamma ϝ Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
infty ∞ partial ∂ nabla ∇ hbar ℏ hslash ℏ ell ℓ wp ℘ Re ℜ Im ℑ aleph ℵ beth ℶ gimel ℷ daleth ℸ imath ı jmath ȷ
emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡ sphericalangle ∢
triangle △ square □ Box □ blacksquare ■ Diamond ◇ lozenge ◊ blacklozenge ⧫ bigstar ★ clubsuit ♣ diamondsuit ♢ heartsuit ♡
spadesuit ♠ flat ♭ natural ♮ sharp ♯ prime ′ backprime ‵ surd √ degree ° complement ∁ eth ð mho ℧ Finv Ⅎ
dag † ddag ‡ S § P ¶ pounds £ copyright © checkmark ✓ maltese ✠ diagup ╱ diagdown ╲ circledS Ⓢ
vert | Vert ‖ backslash \ # # $ $ % % & & _ _ | ‖ QED ∎ blacktriangle ▲ blacktriangledown ▼ triangledown ▽`
	opSymbols = `
sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀
bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆`
	binSymbols = `
pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧
land ∧ setminus ∖ smallsetminus ∖ wr ≀ diamond ⋄ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ bigcirc ◯ dagger † ddagger ‡
amalg ⨿ triangleleft ◁ triangleright ▷ bigtriangleup △ bigtriangledown ▽ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ dotplus ∔ barwedge ⊼
veebar ⊻ curlyvee ⋎ curlywedge ⋏ Cap ⋒ Cup ⋓ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ ltimes ⋉ rtimes ⋊ leftthreetimes ⋋
rightthreetimes ⋌ circledast ⊛ circledcirc ⊚ circleddash ⊝ centerdot · divideontimes ⋇ intercal ⊺`
	relSymbols = `
leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ equiv ≡ approx ≈ sim ∼ simeq ≃ cong ≅ propto ∝ varpropto ∝ ll ≪ gg ≫ lll ⋘ ggg ⋙
prec ≺ succ ≻ preceq ⪯ succeq ⪰ asymp ≍ doteq ≐ doteqdot ≑ bowtie ⋈ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ Vvdash ⊪
nvdash ⊬ nvDash ⊭ perp ⟂ parallel ∥ nparallel ∦ mid ∣ nmid ∤ in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆
supseteq ⊇ nsubseteq ⊈ nsupseteq ⊉ subsetneq ⊊ supsetneq ⊋ Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑
sqsupseteq ⊒ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ lneq ⪇ gneq ⪈ lneqq ≨ gneqq ≩ lesssim ≲ gtrsim ≳ lessgtr ≶ gtrless ≷
nless ≮ ngtr ≯ nleq ≰ ngeq ≱ approxeq ≊ backsim ∽ backsimeq ⋍ triangleq ≜ circeq ≗ bumpeq ≏ Bumpeq ≎ eqcirc ≖ nsim ≁
ncong ≇ preccurlyeq ≼ succcurlyeq ≽ precsim ≾ succsim ≿ nprec ⊀ nsucc ⊁ trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲
vartriangleright ⊳ smile ⌣ frown ⌢ between ≬ pitchfork ⋔ therefore ∴ because ∵ coloneqq ≔ eqqcolon ≕ lt < gt >
leftarrow ← gets ← rightarrow → to → leftrightarrow ↔ uparrow ↑ downarrow ↓ updownarrow ↕ Leftarrow ⇐ Rightarrow ⇒
Leftrightarrow ⇔ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ mapsto ↦ longmapsto ⟼ longleftarrow ⟵ longrightarrow ⟶
longleftrightarrow ⟷ Longleftarrow ⟸ Longrightarrow ⟹ Longleftrightarrow ⟺ implies ⟹ impliedby ⟸ iff ⟺ nearrow ↗ searrow ↘
swarrow ↙ nwarrow ↖ hookleftarrow ↩ hookrightarrow ↪ leftharpoonup ↼ leftharpoondown ↽ rightharpoonup ⇀ rightharpoondown ⇁
rightleftharpoons ⇌ leftrightharpoons ⇋ leadsto ⇝ rightsquigarrow ⇝ leftleftarrows ⇇ rightrightarrows ⇉ leftrightarrows ⇆
rightleftarrows ⇄ upuparrows ⇈ downdownarrows ⇊ twoheadrightarrow ↠ twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢
nleftarrow ↚ nrightarrow ↛ nleftrightarrow ↮ nLeftarrow ⇍ nRightarrow ⇏ nLeftrightarrow ⇎ circlearrowleft ↺
circlearrowright ↻ curvearrowleft ↶ curvearrowright ↷ looparrowleft ↫ looparrowright ↬ upharpoonleft ↿ upharpoonright ↾
downharpoonleft ⇃ downharpoonright ⇂ multimap ⊸ Lleftarrow ⇚ Rrightarrow ⇛`
	openSymbols  = `lbrace { { { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrack [ lgroup ⟮ ulcorner ⌜ llcorner ⌞ llbracket ⟦`
	closeSymbols = `rbrace } } } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrack ] rgroup ⟯ urcorner ⌝ lrcorner ⌟ rrbracket ⟧`
	punctSymbols = `colon : ldotp . cdotp ·`
	innerSymbols = `ldots … dots … cdots ⋯ dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso … ddots ⋱`
)

// mathNames are the symbols by name, mathRunes by character, for those who
// type them; made at first use.
var mathNames, mathRunes = sync.OnceValue(func() map[string]mathSymbol {
	names := map[string]mathSymbol{"vdots": {"⋮", MathOrd}}
	for _, t := range symbolTables {
		f := strings.Fields(t.symbols)
		for i := 0; i+1 < len(f); i += 2 {
			names[f[i]] = mathSymbol{f[i+1], t.class}
		}
	}
	return names
}), sync.OnceValue(func() map[string]MathClass {
	runes := map[string]MathClass{"-": MathBin, "−": MathBin, "+": MathBin, "*": MathBin, "=": MathRel, "<": MathRel, ">": MathRel, ":": MathRel,
		",": MathPunct, ";": MathPunct, "(": MathOpen, "[": MathOpen, ")": MathClose, "]": MathClose, "!": MathClose, "?": MathClose}
	for _, t := range symbolTables {
		f := strings.Fields(t.symbols)
		for i := 0; i+1 < len(f); i += 2 {
			if _, ok := runes[f[i+1]]; !ok && f[i+1] > "~" {
				runes[f[i+1]] = t.class
			}
		}
	}
	return runes
})

// symbolTables are all tables; where a character is in several, the first
// wins for it when it is typed itself.
var symbolTables = []struct {
	class   MathClass
	symbols string
}{
	{MathOrd, ordSymbols}, {MathOp, opSymbols}, {MathBin, binSymbols}, {MathRel, relSymbols}, {MathOpen, openSymbols},
	{MathClose, closeSymbols}, {MathPunct, punctSymbols}, {MathInner, innerSymbols},
}

// mathFunctions are the names of functions; true if scripts go below and above
// them in display style.
var mathFunctions = map[string]bool{
	"sin": false, "cos": false, "tan": false, "cot": false, "sec": false, "csc": false, "sinh": false, "cosh": false, "tanh": false, "coth": false,
	"arcsin": false, "arccos": false, "arctan": false, "exp": false, "log": false, "ln": false, "lg": false, "arg": false, "deg": false,
	"dim": false, "ker": false, "hom": false, "lim": true, "limsup": true, "liminf": true, "max": true, "min": true, "sup": true, "inf": true,
	"det": true, "gcd": true, "Pr": true, "injlim": true, "projlim": true,
}

// functionTexts are the functions that are written otherwise than they are
// called.
var functionTexts = map[string]string{"limsup": "lim sup", "liminf": "lim inf", "injlim": "inj lim", "projlim": "proj lim"}

// mathSpaces are the named spaces in mu.
var mathSpaces = map[string]int{
	",": 3, "thinspace": 3, ":": 4, ">": 4, "medspace": 4, ";": 5, "thickspace": 5, "!": -3, "negthinspace": -3, " ": 6, "space": 6,
	"enspace": 9, "enskip": 9, "quad": 18, "qquad": 36, "nobreakspace": 6,
}

// mathAccents are the accents: mark, whether it grows, whether it lies below.
var mathAccents = map[string]MathAccent{
	"hat": {Mark: "^"}, "widehat": {Mark: "^", Stretch: true}, "check": {Mark: "ˇ"}, "widecheck": {Mark: "ˇ", Stretch: true},
	"tilde": {Mark: "~"}, "widetilde": {Mark: "~", Stretch: true}, "bar": {Mark: "¯"}, "vec": {Mark: "→"}, "dot": {Mark: "˙"},
	"ddot": {Mark: "¨"}, "dddot": {Mark: "⃛"}, "acute": {Mark: "´"}, "grave": {Mark: "`"}, "breve": {Mark: "˘"}, "mathring": {Mark: "˚"},
	"overline": {Mark: "‾", Stretch: true}, "underline": {Mark: "_", Stretch: true, Under: true},
	"overbrace": {Mark: "⏞", Stretch: true}, "underbrace": {Mark: "⏟", Stretch: true, Under: true},
	"overrightarrow": {Mark: "→", Stretch: true}, "overleftarrow": {Mark: "←", Stretch: true}, "overleftrightarrow": {Mark: "↔", Stretch: true},
	"underrightarrow": {Mark: "→", Stretch: true, Under: true}, "underleftarrow": {Mark: "←", Stretch: true, Under: true},
}

// mathFaces are the commands that choose letters.
var mathFaces = map[string]MathFace{
	"mathrm": MathUpright, "mathup": MathUpright, "mathit": MathItalic, "mathbf": MathBold, "mathbb": MathBlackboard, "mathcal": MathScriptFace,
	"mathscr": MathScriptFace, "mathfrak": MathFraktur, "mathsf": MathSans, "mathtt": MathMono, "boldsymbol": MathBoldItalic, "bm": MathBoldItalic,
}

// textFaces are the commands that hold words.
var textFaces = map[string]MathFace{
	"text": MathUpright, "textrm": MathUpright, "textnormal": MathUpright, "mbox": MathUpright, "hbox": MathUpright, "textup": MathUpright,
	"textit": MathItalic, "emph": MathItalic, "textbf": MathBold, "textsf": MathSans, "texttt": MathMono,
}

// delimiterTexts are the brackets that \left and \big take, besides the
// symbols of class Open and Close and the arrows; "." is none.
var delimiterTexts = map[string]string{
	"(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", "<": "⟨", ">": "⟩", ".": "", "⟨": "⟨", "⟩": "⟩", "‖": "‖", "{": "{", "}": "}",
	`\|`: "‖", `\{`: "{", `\}`: "}", `\vert`: "|", `\Vert`: "‖", `\backslash`: `\`, `\uparrow`: "↑", `\downarrow`: "↓", `\updownarrow`: "↕",
	`\Uparrow`: "⇑", `\Downarrow`: "⇓", `\Updownarrow`: "⇕",
}

// bigSizes are the commands for brackets of a given size; l, r and m may
// follow.
var bigSizes = map[string]int{"big": 1, "Big": 2, "bigg": 3, "Bigg": 4}

// mathStyles are the commands that change the style.
var mathStyles = map[string]MathStyle{
	"displaystyle": MathDisplay, "textstyle": MathText, "scriptstyle": MathScript, "scriptscriptstyle": MathScriptScript,
}
