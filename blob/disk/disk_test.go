package disk_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"quire/blob"
	"quire/blob/disk"
	"quire/problem"
)

func put(t *testing.T, b disk.Bucket, text string) blob.Ref {
	t.Helper()
	ref, err := b.Put(t.Context(), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func files(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			list = append(list, path)
		}
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return list
}

func TestBytesComeBackUnderTheirHash(t *testing.T) {
	b := disk.Bucket{Dir: filepath.Join(t.TempDir(), "new", "blobs")}
	ref := put(t, b, "salt")
	sum := sha256.Sum256([]byte("salt"))
	if string(ref.Hash) != hex.EncodeToString(sum[:]) || ref.Bytes != 4 {
		t.Errorf("ref %+v", ref)
	}
	if again := put(t, b, "salt"); again != ref || len(files(t, b.Dir)) != 1 {
		t.Errorf("the same bytes twice are %+v in %v", again, files(t, b.Dir))
	}
	r, err := b.Open(t.Context(), ref.Hash)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if text, err := io.ReadAll(r); string(text) != "salt" || err != nil {
		t.Errorf("read %q (%v)", text, err)
	}
	if err := b.Check(t.Context(), ref.Hash); err != nil {
		t.Error(err)
	}
}

func TestDamagedAndLostBytesAreTold(t *testing.T) {
	b := disk.Bucket{Dir: t.TempDir()}
	ref := put(t, b, "salt")
	if err := os.WriteFile(files(t, b.Dir)[0], []byte("sand"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := b.Check(t.Context(), ref.Hash); !problem.Is(err, problem.Internal) || problem.Of(err).Hint == "" {
		t.Errorf("damaged bytes: %v", err)
	}
	for range 2 {
		if err := b.Delete(t.Context(), ref.Hash); err != nil {
			t.Errorf("delete: %v", err)
		}
	}
	if _, err := b.Open(t.Context(), ref.Hash); !problem.Is(err, problem.Missing) {
		t.Errorf("lost bytes: %v", err)
	}
	if err := b.Check(t.Context(), ref.Hash); !problem.Is(err, problem.Missing) {
		t.Errorf("check of lost bytes: %v", err)
	}
}

func TestANameThatIsNoHashIsMissing(t *testing.T) {
	b := disk.Bucket{Dir: t.TempDir()}
	for _, name := range []blob.Hash{"", "..", "../../etc/passwd", blob.Hash(strings.Repeat("g", 64)), blob.Hash(strings.Repeat("a", 63))} {
		if _, err := b.Open(t.Context(), name); !problem.Is(err, problem.Missing) {
			t.Errorf("open %q: %v", name, err)
		}
		if err := b.Delete(t.Context(), name); !problem.Is(err, problem.Missing) {
			t.Errorf("delete %q: %v", name, err)
		}
	}
}

func TestAFailedPutLeavesNothing(t *testing.T) {
	b := disk.Bucket{Dir: t.TempDir()}
	broken := errors.New("broken")
	if _, err := b.Put(t.Context(), io.MultiReader(strings.NewReader("half"), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("put of a broken reader: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Put(ctx, bytes.NewReader(make([]byte, 10))); !problem.Is(err, problem.Canceled) {
		t.Errorf("put after a cancel: %v", err)
	}
	if left := files(t, b.Dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestAFolderThatCannotBeMadeIsTold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := (disk.Bucket{Dir: filepath.Join(file, "blobs")}).Put(t.Context(), strings.NewReader("x")); err == nil {
		t.Error("put into a file's folder")
	}
}

func TestTheSameBytesAtOnce(t *testing.T) {
	b := disk.Bucket{Dir: t.TempDir()}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := b.Put(t.Context(), strings.NewReader("salt")); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(files(t, b.Dir)); n != 1 {
		t.Errorf("%d files, want 1", n)
	}
}
