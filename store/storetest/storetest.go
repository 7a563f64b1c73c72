// Package storetest gives tests real stores: on an SQLite file, and on a
// PostgreSQL that is started for them.
package storetest

import (
	"path/filepath"
	"testing"

	"quire/jobs"
	"quire/store"
	"quire/store/storetest/pg"
)

// Each runs the test on an empty SQLite and an empty PostgreSQL.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		test(t, Open(t, filepath.Join(t.TempDir(), "quire.db")))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		test(t, Open(t, pg.Database(t)))
	})
}

// Open opens a store with a queue that only adds jobs, until the test ends.
func Open(t testing.TB, where string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	queue, err := jobs.New(s.Handle())
	if err != nil {
		t.Fatal(err)
	}
	s.Jobs = queue
	return s
}

// Main runs the tests of a package and stops the PostgreSQL that they started.
// It is for TestMain.
func Main(m *testing.M) { pg.Main(m) }
