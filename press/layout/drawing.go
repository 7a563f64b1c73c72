package layout

import (
	"context"
	"fmt"

	"quire/press"
)

// Drawing sets a picture in the format SVG by itself: a page of its shape, so
// wide. What of it cannot be drawn as it should is in the warnings.
func (t *Typesetter) Drawing(ctx context.Context, img *press.Image, width press.Pt) (*press.Pages, error) {
	doc := &press.Document{Lang: "en"}
	opt, err := press.Options{}.Resolve(doc)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("drawing: %w", err)
	}
	j := &job{doc: doc, theme: &opt.Theme, frame: newFrame(&opt.Theme, opt.Trim), words: press.WordsIn(doc.Lang)}
	if j.faces, err = findFaces(opt.Theme.Faces); err != nil {
		return nil, err
	}
	s := j.setter(t)
	defer s.shaper.Release()
	tree := &press.Node{Role: press.RoleDocument}
	root, err := parseSVG(img.Data)
	if err != nil {
		return nil, fmt.Errorf("drawing: %w", err)
	}
	box, err := rootBox(root)
	if err != nil {
		return nil, fmt.Errorf("drawing: %w", err)
	}
	ops, err := s.drawing(img, press.Pos{}, width, tree.Kid(press.RoleFigure))
	if err != nil {
		return nil, fmt.Errorf("drawing: %w", err)
	}
	size := press.Trim{Width: width, Height: max(press.Pt(mul(float64(width), box[3]/box[2])), 1)}
	return &press.Pages{Trim: size, Lang: doc.Lang, List: []press.Page{{Label: "1", Ops: ops}}, Tree: tree, Warnings: s.warnings}, nil
}
