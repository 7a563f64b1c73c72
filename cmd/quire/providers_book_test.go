package main

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/llm/fake"
	"quire/offline"
)

// secretKey is a key that must be found nowhere.
const secretKey = "sk-quire-test-8c1f0a5be2d94d7f"

// providersPlayed are the variables that lead a quire to a played provider, by
// the provider's name.
func providersPlayed(base string) map[string][]string {
	return map[string][]string{
		"openai":    {"OPENAI_API_KEY=" + secretKey, "OPENAI_BASE_URL=" + base + "/v1", "QUIRE_MODELS=openai/any-model"},
		"anthropic": {"ANTHROPIC_API_KEY=" + secretKey, "ANTHROPIC_BASE_URL=" + base},
		"google":    {"GOOGLE_AI_API_KEY=" + secretKey, "GOOGLE_BASE_URL=" + base},
	}
}

// used is one use of the command line in this process: what it said and did.
type used struct {
	code int
	out  bytes.Buffer
	talk transcript
	dir  string
}

// transcript is a buffer into which the log and the progress write at once, as
// they do into standard error.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (t *transcript) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(p)
}

func (t *transcript) Bytes() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return bytes.Clone(t.text.Bytes())
}

func (t *transcript) String() string { return string(t.Bytes()) }

// use runs a quire with a home in dir.
func use(t testing.TB, ctx context.Context, dir string, env []string, args ...string) *used {
	t.Helper()
	u := &used{dir: dir}
	env = append([]string{"QUIRE_HOME=" + filepath.Join(dir, "home"), "HOME=" + dir, "QUIRE_LOG=debug"}, env...)
	s := &session{ctx: ctx, env: env, in: strings.NewReader(""), out: &u.out, talk: &u.talk, model: &offline.Author{}}
	u.code = s.run(args)
	return u
}

// TestABookIsTheSameThroughEveryProvider writes a book by the built-in author in
// this process, and by the same author behind each provider's wire.
func TestABookIsTheSameThroughEveryProvider(t *testing.T) {
	notes := filepath.Join(t.TempDir(), "notes.md")
	if err := os.WriteFile(notes, []byte("# Hive notes\n\nA colony has 40,000 bees in June. The cluster keeps 35 degrees at its core.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, brief := range map[string][]string{
		"story": {"The lamplighter of Skerry Point", "--kind", "fiction", "--chapters", "3", "--words", "3000", "--seed", "7"},
		"guide": {"How to keep bees", "--kind", "nonfiction", "--chapters", "3", "--words", "3000", "--seed", "7", "--source", notes},
	} {
		t.Run(name, func(t *testing.T) {
			want := markdownOf(t, nil, brief)
			if cites := strings.Contains(want, "40,000 bees in June”.[^src_"); cites != (name == "guide") {
				t.Errorf("the sources are cited: %t", cites)
			}
			server := httptest.NewServer(&fake.Server{Author: &offline.Author{}, Keys: []string{secretKey}})
			defer server.Close()
			for provider, env := range providersPlayed(server.URL) {
				t.Run(provider, func(t *testing.T) {
					if diff := cmp.Diff(want, markdownOf(t, env, brief)); diff != "" {
						t.Errorf("book (-in this process +over the wire):\n%s", diff)
					}
				})
			}
		})
	}
}

// markdownOf is the Markdown of a book; nothing that the run leaves behind may hold
// the key.
func markdownOf(t *testing.T, env, brief []string) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "book.md")
	u := use(t, t.Context(), dir, env, append([]string{"write", "-o", file, "--budget", "none", "--date", "2026-01-31"}, brief...)...)
	if u.code != 0 {
		t.Fatalf("exit %d: %s", u.code, u.talk.String())
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	holdsNoKey(t, u)
	return string(text)
}

// holdsNoKey greps what was said and every file that was left behind.
func holdsNoKey(t *testing.T, u *used) {
	t.Helper()
	seen := 0
	look := func(name string, data []byte) {
		seen += len(data)
		if bytes.Contains(data, []byte(secretKey)) || bytes.Contains(data, []byte(secretKey[9:])) {
			t.Errorf("%s holds the key", name)
		}
	}
	look("standard output", u.out.Bytes())
	look("standard error", u.talk.Bytes())
	err := filepath.WalkDir(u.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		look(d.Name(), data)
		return err
	})
	if err != nil || seen < 1000 {
		t.Errorf("%d bytes were looked at (%v)", seen, err)
	}
}

// TestAServerThatEchoesTheKeyGetsItNowhere asks servers that put the key into
// every place of an answer that quire writes down or shows.
func TestAServerThatEchoesTheKeyGetsItNowhere(t *testing.T) {
	const begun = `data: {"id": "KEY", "model": "KEY", "choices": [{"index": 0, "delta": {"content": "hello"}}]}` + "\n\n"
	for name, tt := range map[string]struct {
		status int
		body   string
	}{
		"refused":           {401, `{"error": {"message": "KEY", "type": "KEY", "code": "KEY", "param": "KEY"}}`},
		"an unknown model":  {404, `{"error": {"message": "no model KEY", "type": "KEY", "code": "model_not_found"}}`},
		"a web page":        {200, "<html>KEY</html>"},
		"in mid-stream":     {200, begun + `data: {"error": {"message": "KEY", "type": "authentication_error", "code": "KEY"}}` + "\n\n"},
		"garbled":           {200, "data: KEY\n\n"},
		"an answer of junk": {200, begun + `data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "length"}], "model": "KEY"}` + "\n\ndata: [DONE]\n\n"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Request-Id", secretKey)
				if strings.HasPrefix(tt.body, "data:") {
					w.Header().Set("Content-Type", "text/event-stream")
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, strings.ReplaceAll(tt.body, "KEY", secretKey)) // the client may have left
			}))
			defer server.Close()
			u := use(t, t.Context(), t.TempDir(), providersPlayed(server.URL)["openai"], "write", "Salt", "--chapters", "1", "--words", "300", "--budget", "none")
			if u.code == 0 {
				t.Error("a book came of it")
			}
			holdsNoKey(t, u)
		})
	}
}
