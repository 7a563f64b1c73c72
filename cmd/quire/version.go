package main

import (
	_ "embed"
	"io"
	"runtime"
	"runtime/debug"

	"quire/offline"
)

// versionVerb shows what this binary is.
type versionVerb struct {
	Licenses bool `help:"Show the licences of all libraries, fonts and patterns inside."`
	JSON     bool `help:"Print JSON."`
}

// release is the version of a release build, set by its linker flags.
var release = "0.1.0-dev"

// licenses is made by make docs from the modules that the binary is built from.
//
//go:embed licenses.txt
var licenses string

// Run prints version, commit and what was built with.
func (v *versionVerb) Run(s *session) error {
	if v.Licenses {
		_, err := io.WriteString(s.out, licenses)
		return err
	}
	commit := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, set := range info.Settings {
			if set.Key == "vcs.revision" {
				commit = set.Value
			}
		}
	}
	if v.JSON {
		return s.json(map[string]string{"version": release, "commit": commit, "go": runtime.Version(), "author": offline.Version})
	}
	built := runtime.Version() + ", built-in author " + offline.Version
	if commit != "" {
		built = "commit " + commit[:min(12, len(commit))] + ", " + built
	}
	return s.print("quire %s (%s)", release, built)
}
