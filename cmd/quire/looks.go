package main

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"quire/edition"
	"quire/problem"
)

// looksFlags are the flags that say how pages look.
type looksFlags struct {
	Theme  string `help:"How the pages look: ${themes}; or a theme of your own, FILE.yaml." placeholder:"NAME|FILE"`
	Trim   string `help:"Page size: 5x8, 5.25x8, 5.5x8.5, 6x9, A5, A4, Letter or a pair like 140x210mm."`
	Bleed  string `help:"Paper around the trim that pictures may reach into, such as 3mm or 0.125in." placeholder:"LENGTH"`
	Screen bool   `help:"Make the PDF for screens: with a cover and coloured links, without blank pages."`
	PDFA   bool   `name:"pdfa" help:"Make the PDF as PDF/A-1b, for archives."`
}

// looks reads the flags; a theme's file is read here. The usual theme and trim
// stand in where no flag names one.
func (f looksFlags) looks(theme, trim string) (edition.Looks, error) {
	theme, err := readTheme(cmp.Or(f.Theme, theme))
	return edition.Looks{Theme: theme, Trim: cmp.Or(f.Trim, trim), Bleed: f.Bleed, Screen: f.Screen, Archive: f.PDFA}, err
}

// maxTheme is how large a theme's file may be, in bytes.
const maxTheme = 1 << 20

// readTheme returns a theme's name as it is, and what is in a file that ends
// with .yaml or .yml.
func readTheme(name string) (string, error) {
	end := strings.ToLower(filepath.Ext(name))
	if end != ".yaml" && end != ".yml" {
		return name, nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return "", unreadable(filepath.Base(name), err)
	}
	if info.IsDir() || info.Size() > maxTheme {
		return "", problem.New(problem.Invalid, "%q is no theme", filepath.Base(name)).Try("name a YAML file of at most 1 MB")
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return "", unreadable(filepath.Base(name), err)
	}
	return string(text) + "\n", nil
}
