package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"quire/llm/fake"
)

// TestTheFaultsAreDocumented makes the table of docs/fake-llm.md, and reads each
// of its scripts.
func TestTheFaultsAreDocumented(t *testing.T) {
	const path, from, to = "../../docs/fake-llm.md", "<!-- made from llm/fake by make docs -->\n", "<!-- end -->"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), from)
	_, after, ended := strings.Cut(rest, to)
	if !ok || !ended {
		t.Fatal("the page has no place for the table")
	}
	var table strings.Builder
	table.WriteString("| fault | what happens | takes | forms |\n|---|---|---|---|\n")
	for _, k := range fake.Kinds() {
		var takes []string
		for _, field := range k.Takes {
			if field = "`" + field + "`"; slices.Contains(k.Needs, strings.Trim(field, "`")) {
				field = "**" + field + "**"
			}
			takes = append(takes, field)
		}
		forms := ""
		if len(k.Forms) > 0 {
			forms = "`" + strings.Join(k.Forms, "`, `") + "`"
		}
		fmt.Fprintf(&table, "| `%s` | %s | %s | %s |\n", k.Name, k.Does, strings.Join(takes, ", "), forms)
	}
	fresh(t, path, before+from+table.String()+to+after)
	scripts := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(scripts) < 5 {
		t.Errorf("%d scripts", len(scripts))
	}
	for _, m := range scripts {
		if _, err := fake.ReadScript(strings.NewReader(m[1])); err != nil {
			t.Errorf("%s: %v", m[1], err)
		}
	}
}

func TestAProviderIsPlayedUntilItIsStopped(t *testing.T) {
	script := filepath.Join(t.TempDir(), "faults.json")
	if err := os.WriteFile(script, []byte(`{"rules":[{"route":"messages","fault":"status","status":529}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	read, write := io.Pipe()
	s := &session{ctx: ctx, out: io.Discard, talk: write}
	code := make(chan int, 1)
	go func() {
		code <- s.run([]string{"fake-llm", "--addr", "127.0.0.1:0", "--script", script, "--key", "test-key", "--rpm", "100"})
		_ = write.Close()
	}()
	lines := make(chan string, 100) // room for all that it says, so that it never waits for us
	go func() {
		defer close(lines)
		for scan := bufio.NewScanner(read); scan.Scan(); {
			lines <- scan.Text()
		}
	}()
	bases := map[string]string{}
	for len(bases) < 3 {
		line, more := <-lines
		if !more {
			t.Fatal("it ended before it said where it is")
		}
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "_BASE_URL="); ok {
			bases[name] = value
		}
	}
	for _, ask := range []struct {
		url, header, key, body string
		status                 int
	}{
		{bases["OPENAI"] + "/chat/completions", "Authorization", "Bearer test-key", `{"model":"m","messages":[{"role":"user","content":"Tell me of the sea."}]}`, 200},
		{bases["OPENAI"] + "/chat/completions", "Authorization", "Bearer other", `{}`, 401},
		{bases["ANTHROPIC"] + "/v1/messages", "X-Api-Key", "test-key", `{"model":"m","max_tokens":90,"messages":[{"role":"user","content":"Tell me of the sea."}]}`, 529},
		{bases["GOOGLE"] + "/v1beta/models/m:generateContent", "X-Goog-Api-Key", "test-key", `{"contents":[{"parts":[{"text":"Tell me of the sea."}]}]}`, 200},
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, ask.url, strings.NewReader(ask.body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set(ask.header, ask.key)
		req.Header.Set("Anthropic-Version", "2023-06-01")
		req.Close = true
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if body, _ := io.ReadAll(resp.Body); resp.StatusCode != ask.status {
			t.Errorf("%s: %d %s", ask.url, resp.StatusCode, body)
		}
		_ = resp.Body.Close()
	}
	cancel()
	var rest []string
	for line := range lines {
		rest = append(rest, line)
	}
	if got := strings.Join(rest, "\n"); !strings.Contains(got, "Calls: 4 (chat 2, generate 1, messages 1)\nFaults played: status 1") {
		t.Errorf("it ended with:\n%s", got)
	}
	if c := <-code; c != 0 {
		t.Errorf("exit %d", c)
	}
}

func TestAFakeProviderThatCannotStartSaysWhy(t *testing.T) {
	dir := t.TempDir()
	wrong := filepath.Join(dir, "wrong.json")
	if err := os.WriteFile(wrong, []byte(`{"rules":[{"fault":"explode"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	var lc net.ListenConfig
	busy, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	for name, tt := range map[string]struct {
		args []string
		want string
	}{
		"busy":         {[]string{"--addr", busy.Addr().String()}, "is in use by another program"},
		"no address":   {[]string{"--addr", "here"}, `nobody can listen at the address "here"`},
		"no script":    {[]string{"--script", filepath.Join(dir, "none.json")}, `there is no file "none.json"`},
		"wrong script": {[]string{"--script", wrong}, `wrong.json: rules[0].fault is "explode", which is no fault`},
		"below 0":      {[]string{"--rpm=-1"}, "--rpm is a number from 0 on, not -1"},
		"no number":    {[]string{"--pace", "fast"}, "--pace must be a whole number, not"},
	} {
		t.Run(name, func(t *testing.T) {
			var talk strings.Builder
			s := &session{ctx: t.Context(), out: io.Discard, talk: &talk}
			if code := s.run(append([]string{"fake-llm"}, tt.args...)); code != 2 || !strings.Contains(talk.String(), tt.want) || !strings.Contains(talk.String(), "hint: ") {
				t.Errorf("exit %d: %s", code, talk.String())
			}
		})
	}
}
