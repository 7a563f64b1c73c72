package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"quire/blob/disk"
	"quire/book"
	"quire/edition"
	"quire/jobs"
	"quire/llm"
	"quire/press"
	"quire/press/cover"
	"quire/press/docx"
	"quire/press/epub"
	"quire/press/font"
	"quire/press/html"
	"quire/press/latex"
	"quire/press/layout"
	"quire/press/pdfout"
	"quire/press/preview"
	"quire/store"
	"quire/write"
)

// house is the joined rooms.
type house struct {
	home   home
	store  *store.Store
	queue  *jobs.Queue
	writer *write.Writer
	maker  *edition.Maker

	authors *authors
}

// open joins the rooms over the session's home.
func (s *session) open() (*house, error) {
	h, err := openHome(s.config.Home)
	if err != nil {
		return nil, err
	}
	where := s.config.Database
	if where == "" {
		where = filepath.Join(h.dir, "quire.db")
	}
	st, err := store.Open(s.ctx, where)
	if err != nil {
		return nil, err
	}
	queue, err := jobs.New(st.Handle())
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	st.Jobs, st.Point = queue, s.point
	who := &authors{builtIn: s.model, records: st}
	writer := &write.Writer{
		Shelf:   st,
		Model:   llm.Journal{Model: who, Memory: st, Spool: store.Spool{Dir: filepath.Join(h.dir, "spool")}, Point: s.point},
		Memory:  st,
		Authors: who,
		Random:  rand.Reader,
		Clock:   time.Now,
		Width:   s.config.Chapters,
	}
	maker, err := s.maker()
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	maker.Shelf, maker.Bucket = st, disk.Bucket{Dir: filepath.Join(h.dir, "blobs")}
	host, err := os.Hostname()
	if err != nil {
		host = "runner"
	}
	queue.Handlers = map[jobs.Kind]jobs.Handler{
		jobs.Advance: writer.Advancer(),
		jobs.Chapter: writer.Drafter(),
		jobs.Typeset: maker.Typesetter(),
	}
	queue.Leases, queue.Order = st, writer.Order
	queue.Log, queue.Point = s.log(), s.point
	queue.Chapters = s.config.Chapters
	queue.Runner = fmt.Sprintf("%s-%d", host, os.Getpid())
	return &house{home: h, store: st, queue: queue, writer: writer, maker: maker, authors: who}, nil
}

// hire lets the house ask the models that a book on these terms is written by,
// each book within its budget.
func (s *session) hire(h *house, terms book.Terms) error {
	if terms.Provider == book.BuiltIn {
		return nil
	}
	r, err := s.config.providers(asked{terms.Provider, terms.Model}, time.Now())
	if err != nil {
		return err
	}
	purse := &llm.Purse{
		Records: h.store,
		Cap: func(ctx context.Context, id string) (book.USD, bool, error) {
			b, err := h.store.Book(ctx, book.ID(id))
			if err != nil || b.Terms.Budget == nil {
				return 0, false, err
			}
			return *b.Terms.Budget, true, nil
		},
		Warn: func(ctx context.Context, id string, spent, most book.USD) {
			if err := h.writer.Warn(ctx, book.ID(id), spent, most); err != nil {
				s.log().Warn("budget warning not saved", "book", id, "err", err)
			}
		},
	}
	retry := llm.Retry{Tell: func(ctx context.Context, r llm.Request, cause error, wait time.Duration) {
		if err := h.writer.Delay(ctx, r, cause, wait); err != nil {
			s.log().Warn("delay of a call not saved", "book", r.Book, "err", err)
		}
	}}
	h.authors.hire(r, purse, retry, s.client(), h.store)
	return nil
}

// craft is what sets pages.
type craft struct {
	fonts      *font.Library
	typesetter *layout.Typesetter
}

// craft joins what sets pages; it needs no home.
func (s *session) craft() (craft, error) {
	fonts, err := font.Open()
	if err != nil {
		return craft{}, err
	}
	return craft{fonts, layout.New(fonts)}, nil
}

// maker joins what makes files.
func (s *session) maker() (*edition.Maker, error) {
	c, err := s.craft()
	if err != nil {
		return nil, err
	}
	return c.maker(), nil
}

// painter joins what makes pictures of drawings with it.
func (c craft) painter() painter {
	return painter{c.typesetter, &pdfout.Output{Typesetter: c.typesetter, Fonts: c.fonts}}
}

// maker joins what makes files with it.
func (c craft) maker() *edition.Maker {
	paint := c.painter()
	return &edition.Maker{
		Outputs: map[edition.Format]press.Output{
			edition.PDF:      paint.pdf,
			edition.EPUB:     epub.Output{Type: c.fonts, Painter: paint},
			edition.DOCX:     docx.Output{Painter: paint},
			edition.HTML:     html.Output{},
			edition.Site:     press.Zip{Bundle: html.Site{}},
			edition.LaTeX:    latex.Output{},
			edition.Markdown: press.Markdown{},

			edition.LaTeXFolder:    press.Zip{Bundle: latex.Source{Painter: paint}},
			edition.MarkdownFolder: press.Zip{Bundle: press.MarkdownFolder{}},
		},
		Pages: c.typesetter,
		Cover: func(meta book.Meta, lang string) (*press.Image, error) {
			return cover.New(c.fonts).Front(meta, lang, cover.Design{})
		},
		Spine: func(pages int, name string) (press.Pt, error) {
			paper, err := cover.ParsePaper(name)
			return cover.SpineWidth(pages, paper), err
		},
		Clock: time.Now,
	}
}

// preview writes a page as a bitmap.
func (c craft) preview(w io.Writer, pages *press.Pages, page, dpi int) error {
	return preview.PNG(w, pages, page, dpi, c.fonts)
}

// close ends all use of the house.
func (h *house) close() error { return errors.Join(h.home.unlock(), h.store.Close()) }

// runs lets the house work on one book until stop is called. The home's lock is
// taken: leases that are left on SQLite are those of a process that died.
func (h *house) runs(ctx context.Context, id book.ID) error {
	if err := h.home.lock(ctx, string(id)); err != nil {
		return err
	}
	if h.store.Alone() {
		if err := h.store.Forget(ctx); err != nil {
			return err
		}
	}
	h.queue.Only, h.queue.Alone = id, h.store.Alone()
	return h.queue.Start(ctx)
}

// log is the process's log, to standard error.
func (s *session) log() *slog.Logger {
	level := slog.LevelError
	switch s.config.Log {
	case "off":
		return slog.New(slog.DiscardHandler)
	case "warn":
		level = slog.LevelWarn
	case "info":
		level = slog.LevelInfo
	case "debug":
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(s.talk, &slog.HandlerOptions{Level: level}))
}
