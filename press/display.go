package press

// Pages is a set book: the display list that outputs draw. Coordinates are Pt
// from the top left corner of the trimmed page, y downwards; a line's y is its
// baseline. Nothing in it changes after it is made.
type Pages struct {
	Trim     Trim
	Bleed    Pt     // how far ops may reach over the trim on every side
	Screen   bool   // made for reading on screens, not for paper
	Lang     string // BCP 47
	List     []Page
	Outline  []Outline // nested bookmarks
	Tree     *Node     // structure root, role Document
	Warnings []Warning
}

// Page is one page. Ops are drawn in order, which is also the reading order.
type Page struct {
	Label string // what stands, or would stand, as its number: "iv", "12"
	Ops   []Op
	Links []Area
}

// Op is something drawn: *Line, *Path, *Picture or *Group.
type Op interface{ op() }

// LineKind tells what a line of text is for.
type LineKind int

// The kinds of lines. Body lines are the running text that is measured for
// quality; a running head or folio is an artifact without a structure node.
const (
	BodyLine  LineKind = iota
	HeadLine           // chapter and section titles
	NoteLine           // footnotes
	CellLine           // table cells and captions
	CodeLine           // preformatted text
	FrontLine          // title page, imprint, contents
	PageLine           // running heads and folios
)

// Line is one line of set text.
type Line struct {
	Kind         LineKind
	X, Y         Pt // left edge of the measure, baseline
	Width        Pt // the measure that the line was broken for
	Runs         []Run
	Index, Of    int  // which line of its paragraph, counted from 0
	Justified    bool // stretched or shrunk to the measure
	Hyphenated   bool // ends with a hyphen, its own or a word's
	Spaces       int  // word spaces in it
	Space        Pt   // mean width of those
	Em           Pt   // size of its text
	Over         Pt   // by how much it sticks out of the measure; 0 is right
	Rules        []Rule
	Above, Below Pt // how far formulas in it reach above and below its baseline; 0 without any
}

// Rule is a filled box that belongs to a line: the bar of a fraction, the top
// of a root. X and Y are its upper left corner.
type Rule struct {
	X, Y, W, H Pt
	Color      Color
	Node       *Node // nil is an artifact
}

// Path returns the rule as a filled shape.
func (r *Rule) Path() *Path {
	at := func(verb byte, x, y Pt) Segment { return Segment{Verb: verb, P: [3]Point2{{X: x, Y: y}}} }
	return &Path{Fill: &Paint{Color: r.Color}, Node: r.Node, Segments: []Segment{at('M', r.X, r.Y), at('L', r.X+r.W, r.Y),
		at('L', r.X+r.W, r.Y+r.H), at('L', r.X, r.Y+r.H), {Verb: 'Z'}}}
}

// Run is a row of glyphs of one face, size and colour. A glyph stands at
// X + glyph.X×Stretch/65536.
type Run struct {
	Font    FontID
	Size    Pt
	X, Y    Pt      // origin on the baseline
	Stretch int64   // horizontal scaling, 65536 is none
	Matrix  *Matrix // turns and slants the glyphs around X, Y; its E and F are 0; nil is upright
	Strike  bool    // a rule goes through the glyphs
	Color   Color
	Glyphs  []Glyph
	Actual  string // what the run says, when its glyphs do not; usually "", Silent for nothing
	Node    *Node  // structure node; nil is an artifact
}

// Silent is the Actual of a run that says nothing: another run says it.
const Silent = "\u200b"

// FontID names a face, like EBGaramond12-Regular. Package font knows them.
type FontID string

// Glyph is a letter's picture and where it stands in its run.
type Glyph struct {
	ID   uint16
	X, Y Pt     // from the run's origin, before stretching; y downwards
	Text string // the characters that it stands for; "" in the middle of a cluster
}

// Path is a shape: filled, stroked or both.
type Path struct {
	Segments []Segment
	Fill     *Paint // nil is not filled
	EvenOdd  bool   // fill rule; otherwise nonzero winding
	Stroke   *Stroke
	Node     *Node // nil is an artifact
}

// Segment is a step of a path: 'M' move, 'L' line, 'C' cubic curve (two control
// points and the end), 'Z' close.
type Segment struct {
	Verb byte
	P    [3]Point2 // 'M' and 'L' use the first
}

// Point2 is a point on a page.
type Point2 struct{ X, Y Pt }

// Paint is a colour or a gradient; the gradient wins.
type Paint struct {
	Color    Color
	Gradient *Gradient
}

// Gradient blends colours along the line From–To, or between the circles
// around them when it is radial. It has at least two stops in order. Beyond its
// ends it keeps their colours, or goes on as Spread says.
type Gradient struct {
	From, To Point2
	Radial   bool
	R0, R1   Pt
	Matrix   *Matrix // from the gradient's coordinates to the page's; nil is none
	Spread   Spread
	Stops    []Stop
}

// Spread is how a gradient goes on beyond its ends.
type Spread int

// The ways in which a gradient goes on.
const (
	SpreadPad     Spread = iota // with the colour of the end
	SpreadReflect               // backwards and forwards
	SpreadRepeat                // from the start again
)

// Matrix is an affine map: x' = Ax + Cy + E and y' = Bx + Dy + F, y downwards.
// A to D are in 1/65536.
type Matrix struct {
	A, B, C, D int64
	E, F       Pt
}

// Stop is a colour of a gradient at At/65536 of the way.
type Stop struct {
	At    int64
	Color Color
}

// Color is red, green, blue and how clear it is: 0 opaque, 255 invisible.
type Color struct{ R, G, B, Clear uint8 }

// Stroke is a line drawn along a path. Dash is empty for a solid one.
type Stroke struct {
	Paint      Paint
	Width      Pt
	Dash       []Pt
	RoundCap   bool
	RoundJoin  bool
	SquareCap  bool
	MiterLimit int64 // in thousandths; 0 is the usual 10
}

// Picture is a bitmap stretched over a rectangle.
type Picture struct {
	Image      *Image
	X, Y, W, H Pt // top left corner and size
	Node       *Node
}

// Group is ops that are drawn as one: cut to the shapes of Clip (to all of
// them), as clear as Clear says, and as visible as Mask is bright.
type Group struct {
	Ops   []Op
	Clip  []Clip
	Clear uint8  // 0 opaque, 255 invisible
	Mask  *Group // its brightness times its opacity is how visible the ops are; nil is wholly
	Node  *Node  // of what it draws; nil is an artifact. The ops carry it too
}

// Clip is a shape outside of which nothing is drawn.
type Clip struct {
	Segments []Segment
	EvenOdd  bool // fill rule; otherwise nonzero winding
}

func (*Group) op()   {}
func (*Line) op()    {}
func (*Path) op()    {}
func (*Picture) op() {}

// Area is a place on a page that leads somewhere: to URL, or to the page with
// index Page (in Pages.List) at height Top.
type Area struct {
	X, Y, W, H Pt // top left corner and size
	URL        string
	Page       int
	Top        Pt
	Node       *Node  // its Link node; may be nil
	Alt        string // where it leads, in words
}

// Outline is a bookmark.
type Outline struct {
	Title string
	Page  int // index in Pages.List
	Top   Pt
	Kids  []Outline
}

// Role is what a structure node is, by its PDF 1.7 standard structure type.
type Role string

// The roles that quire uses.
const (
	RoleDocument   Role = "Document"
	RolePart       Role = "Part"
	RoleSect       Role = "Sect"
	RoleH1         Role = "H1"
	RoleH2         Role = "H2"
	RoleH3         Role = "H3"
	RoleP          Role = "P"
	RoleL          Role = "L"
	RoleLI         Role = "LI"
	RoleLbl        Role = "Lbl"
	RoleLBody      Role = "LBody"
	RoleTable      Role = "Table"
	RoleTR         Role = "TR"
	RoleTH         Role = "TH"
	RoleTD         Role = "TD"
	RoleFigure     Role = "Figure"
	RoleCaption    Role = "Caption"
	RoleNote       Role = "Note"
	RoleReference  Role = "Reference"
	RoleLink       Role = "Link"
	RoleTOC        Role = "TOC"
	RoleTOCI       Role = "TOCI"
	RoleBlockQuote Role = "BlockQuote"
	RoleCode       Role = "Code"
	RoleDiv        Role = "Div"
	RoleH4         Role = "H4"
	RoleFormula    Role = "Formula"
)

// Node is a node of the structure tree, for readers who listen. Kids stand in
// reading order.
type Node struct {
	Role    Role
	Alt     string // what a figure or formula shows
	ID      string // of a note; unique in the book
	Lang    string // "" is the surrounding one
	ColSpan int    // of a table cell, 0 and 1 are one column
	RowSpan int    // likewise, of rows
	Ordered bool   // of a list: its labels count
	Kids    []*Node
}

// Kid appends a new child of the role and returns it.
func (n *Node) Kid(role Role) *Node {
	k := &Node{Role: role}
	n.Kids = append(n.Kids, k)
	return k
}
