package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/problem"
)

// settingsOf reads settings from an environment and a quire.yaml.
func settingsOf(t *testing.T, yaml string, env ...string) (config, error) {
	t.Helper()
	home := t.TempDir()
	if yaml != "" {
		writeText(t, filepath.Join(home, "quire.yaml"), yaml)
	}
	return readConfig(env, home)
}

func writeText(t *testing.T, file, text string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

var today = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

const testKey = "sk-test-f4K9q2Lw7Zr1" // of nobody

func TestSettingsOfQuireAreRefusedAtOnce(t *testing.T) {
	for name, tt := range map[string]struct {
		yaml string
		env  []string
		want []string
	}{
		"an unknown variable":         {env: []string{"QUIRE_MODEL=x"}, want: []string{"QUIRE_MODEL is not known"}},
		"an unknown provider":         {env: []string{"QUIRE_MODELS=draft=mistral/large"}, want: []string{`models has "mistral/large", which begins with no provider`}},
		"an unknown role":             {env: []string{"QUIRE_MODELS=edit=openai/gpt-5.4"}, want: []string{`unknown role "edit"`, "concept, bible, outline, beats, draft, check, revise, observe, figure, matter and all"}},
		"no model":                    {env: []string{"QUIRE_MODELS=draft=openai"}, want: []string{"no name of a model"}},
		"an odd model":                {env: []string{"QUIRE_MODELS=openai/a b"}, want: []string{"no name of a model"}},
		"an empty item":               {env: []string{"QUIRE_MODELS=openai/a,,"}, want: []string{"begins with no provider"}},
		"limits of nobody":            {env: []string{"QUIRE_LIMITS=60rpm"}, want: []string{`limits has the unknown provider ""`}},
		"limits of a stranger":        {env: []string{"QUIRE_LIMITS=groq=60rpm"}, want: []string{`unknown provider "groq"`}},
		"limits of nothing":           {env: []string{"QUIRE_LIMITS=openai=0rpm"}, want: []string{"nothing could ever be asked"}},
		"limits without a unit":       {env: []string{"QUIRE_LIMITS=openai=60"}, want: []string{`limits has "60" for openai`}},
		"endless limits":              {env: []string{"QUIRE_LIMITS=openai=99999999999tpm"}, want: []string{"write it like openai=60rpm"}},
		"a budget of nothing":         {env: []string{"QUIRE_BUDGET=0"}, want: []string{`budget is "0", but must be dollars`}},
		"a budget below nothing":      {env: []string{"QUIRE_BUDGET=-5"}, want: []string{"more than 0"}},
		"a budget in words":           {env: []string{"QUIRE_BUDGET=five"}, want: []string{`budget is "five"`}},
		"many mistakes":               {env: []string{"QUIRE_BUDGET=x", "QUIRE_LIMITS=x", "QUIRE_LOG=loud", "QUIRE_NONE=1"}, want: []string{"budget", "limits", "log", "QUIRE_NONE"}},
		"a key in quire.yaml":         {yaml: "openai_api_key: " + testKey, want: []string{"quire.yaml holds a key, openai_api_key", "OPENAI_API_KEY", "openai_api_key_file"}},
		"a map where none belongs":    {yaml: "author: {first: A}", want: []string{"author has lists or keys"}},
		"a list in a list":            {yaml: "models: [[openai/x]]", want: []string{"models has lists or keys"}},
		"a base URL in quire.yaml":    {yaml: "openai_base_url: ftp://x/v1", want: []string{`openai_base_url begins with "ftp:"`}},
		"a provider twice":            {yaml: "provider_priority: [openai, openai]", want: []string{"provider_priority names openai twice"}},
		"offline beside others":       {yaml: "provider_priority: openai,offline", want: []string{"it writes alone"}},
		"limits in the wrong letters": {yaml: "limits: {OpenAI: 5rpm}", want: []string{`unknown provider "OpenAI"`}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := settingsOf(t, tt.yaml, tt.env...)
			if !problem.Is(err, problem.Invalid) {
				t.Fatalf("the error is %v", err)
			}
			for _, want := range tt.want {
				if !strings.Contains(problem.Of(err).Detail, want) {
					t.Errorf("%q is not in: %s", want, problem.Of(err).Detail)
				}
			}
			if strings.Contains(fmt.Sprint(err), testKey) {
				t.Error("the error holds the key")
			}
		})
	}
}

func TestMapsAndListsOfQuireYAMLReadLikeTheEnvironment(t *testing.T) {
	fromFile, err := settingsOf(t, `
provider_priority: [google, openai]
models: {draft: [openai/gpt-5.4, google/gemini-2.5-pro], all: google/gemini-2.5-flash}
limits: {openai: "60rpm,100000tpm", google: 10rpm}
budget: 2.50
openai_base_url: HTTPS://OpenRouter.ai/api/v1/
`)
	if err != nil {
		t.Fatal(err)
	}
	fromEnv, err := settingsOf(t, "",
		"LLM_PROVIDER_PRIORITY=google, openai", "QUIRE_MODELS=google/gemini-2.5-flash,draft=openai/gpt-5.4,draft=google/gemini-2.5-pro",
		"QUIRE_LIMITS=google=10rpm,openai=60rpm,100000tpm", "QUIRE_BUDGET=$2.50", "OPENAI_BASE_URL=https://openrouter.ai/api/v1")
	if err != nil || len(fromEnv.wrong) > 0 {
		t.Fatal(err, fromEnv.wrong)
	}
	for _, s := range settings() {
		if a, b := fromFile.shown(s), fromEnv.shown(s); a != b && s.key != "home" {
			t.Errorf("%s is %q in quire.yaml and %q in the environment", s.key, a, b)
		}
	}
	if want := (limits{"openai": {60, 100_000}, "google": {10, 0}}); !cmp.Equal(want, fromEnv.Limits) {
		t.Errorf("limits are %v", fromEnv.Limits)
	}
}

func TestTheEnvironmentStandsOverQuireYAML(t *testing.T) {
	c, err := settingsOf(t, "budget: 2\nopenai_api_key_file: /nowhere", "QUIRE_BUDGET=3", "OPENAI_API_KEY="+testKey)
	if err != nil || c.Budget.String() != "$3.00" || c.OpenAIKey.Reveal() != testKey || len(c.wrong) > 0 {
		t.Errorf("budget %s, key %s, %v, %v", c.Budget.String(), c.OpenAIKey.Hint(), c.wrong, err)
	}
}

func TestMistakesInVariablesThatOthersReadTooAreToldWhenAModelIsNeeded(t *testing.T) {
	for name, tt := range map[string]struct {
		env  string
		want string
	}{
		"a placeholder":            {"OPENAI_API_KEY=sk-...", "OPENAI_API_KEY is a placeholder"},
		"another":                  {"ANTHROPIC_API_KEY=your-api-key", "ANTHROPIC_API_KEY is a placeholder"},
		"a third":                  {"ANTHROPIC_API_KEY=<key>", "ANTHROPIC_API_KEY is a placeholder"},
		"only a beginning":         {"ANTHROPIC_API_KEY=sk-ant-", "ANTHROPIC_API_KEY is a placeholder"},
		"a line break":             {"GOOGLE_AI_API_KEY=" + testKey + "\n", "GOOGLE_AI_API_KEY has a space or a line break"},
		"a space":                  {"GOOGLE_AI_API_KEY=Bearer " + testKey, "GOOGLE_AI_API_KEY has a space"},
		"quotation marks":          {`OPENAI_API_KEY="` + testKey + `"`, "OPENAI_API_KEY has a quotation mark"},
		"a control character":      {"OPENAI_API_KEY=" + testKey + "\x01", "has a letter that no key has"},
		"letters of no key":        {"OPENAI_API_KEY=" + testKey + "é", "has a letter that no key has"},
		"an endless key":           {"OPENAI_API_KEY=" + strings.Repeat(testKey, 999), "is too long"},
		"a file that is not there": {"OPENAI_API_KEY_FILE=/nowhere/key", "the key in the file that OPENAI_API_KEY_FILE names cannot be read"},
		"a folder":                 {"OPENAI_API_KEY_FILE=/", "cannot be read"},
		"an order of nobody":       {"LLM_PROVIDER_PRIORITY=openai,claude", `LLM_PROVIDER_PRIORITY has the unknown provider "claude"`},
		"no address":               {"OPENAI_BASE_URL=llm.example.com", "OPENAI_BASE_URL is no address"},
		"no host":                  {"OPENAI_BASE_URL=https:///v1", "is no address"},
		"another scheme":           {"OPENAI_BASE_URL=file://localhost/etc/passwd", `begins with "file:"`},
		"a password":               {"OPENAI_BASE_URL=https://me:" + testKey + "@llm.example.com/v1", "has a user name or a password"},
		"a key in the query":       {"GOOGLE_BASE_URL=https://llm.example.com/?key=" + testKey, "has a query"},
		"an unreadable one":        {"GOOGLE_BASE_URL=https://llm.example.com/%zz" + testKey, "is no address"},
		"a port that cannot be":    {"OPENAI_BASE_URL=http://localhost:99999/v1", "has no usable port"},
		"the whole path":           {"OPENAI_BASE_URL=https://llm.example.com/v1/chat/completions", "leave out /chat/completions"},
		"a space inside":           {"OPENAI_BASE_URL=https://llm.example.com/v 1", "is no address"},
		"a key over the open net":  {"ANTHROPIC_BASE_URL=http://llm.example.com", "ANTHROPIC_BASE_URL would send the key over the open network"},
		"the same by a number":     {"ANTHROPIC_BASE_URL=http://2130706433/", "would send the key over the open network"},
		"the same by an address":   {"ANTHROPIC_BASE_URL=http://8.8.8.8", "would send the key over the open network"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := settingsOf(t, "", "ANTHROPIC_API_KEY="+testKey, tt.env)
			if err != nil {
				t.Fatalf("quire press would not run: %v", err)
			}
			_, err = c.providers(asked{}, today)
			if !problem.Is(err, problem.Invalid) || !strings.Contains(problem.Of(err).Detail, tt.want) {
				t.Errorf("the error is %v, want %q in it", err, tt.want)
			}
			if strings.Contains(fmt.Sprintf("%v %+v", err, problem.Of(err)), testKey) {
				t.Errorf("the error holds the key: %v", err)
			}
			if r, err := c.providers(asked{Provider: "offline"}, today); err != nil || !r.Offline {
				t.Errorf("the built-in author does not write either: %v", err)
			}
		})
	}
}

func TestAKeyMayStandInAFile(t *testing.T) {
	dir := t.TempDir()
	file := writeText(t, filepath.Join(dir, "key"), testKey+"\n")
	empty := writeText(t, filepath.Join(dir, "empty"), "\n")
	c, err := settingsOf(t, "anthropic_api_key_file: "+file, "OPENAI_API_KEY_FILE="+file, "GOOGLE_AI_API_KEY_FILE="+empty)
	if err != nil || c.OpenAIKey.Reveal() != testKey || c.AnthropicKey.Reveal() != testKey || c.from["openai_api_key"] != "file" {
		t.Errorf("the keys are %s and %s, %v", c.OpenAIKey.Hint(), c.AnthropicKey.Hint(), err)
	}
	if want := []string{"the key in the file that GOOGLE_AI_API_KEY_FILE names is missing: the file is empty"}; !cmp.Equal(want, c.wrong) {
		t.Errorf("mistakes: %q", c.wrong)
	}
	both, err := settingsOf(t, "", "OPENAI_API_KEY="+testKey, "OPENAI_API_KEY_FILE="+file)
	if want := []string{"OPENAI_API_KEY and OPENAI_API_KEY_FILE are both set: keep one"}; err != nil || !cmp.Equal(want, both.wrong) {
		t.Errorf("mistakes: %q, %v", both.wrong, err)
	}
}

// TestNothingThatIsShownHoldsAKey looks at all that quire prints of settings.
func TestNothingThatIsShownHoldsAKey(t *testing.T) {
	dir := t.TempDir()
	env := []string{
		"QUIRE_HOME=" + dir, "ANTHROPIC_API_KEY=" + testKey, "OPENAI_API_KEY=" + testKey,
		"GOOGLE_AI_API_KEY_FILE=" + writeText(t, filepath.Join(dir, "key"), testKey), "QUIRE_LOG=debug",
	}
	var shown bytes.Buffer
	refuse := func(_ context.Context, l lane) error { return fmt.Errorf("%+v", l) }
	for _, args := range [][]string{
		{"config"}, {"config", "--json"}, {"models"}, {"models", "--json"}, {"models", "--all"}, {"models", "--test"}, {"models", "--test", "--json"},
		{"models", "--model", "no such"}, {"models", "--provider", "nobody"},
	} {
		s := &session{ctx: t.Context(), env: env, out: &shown, talk: &shown, check: refuse}
		s.run(args)
	}
	c, err := readConfig(env, "")
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.providers(asked{}, today)
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&shown, verb+verb, c, r)
	}
	text, err := json.Marshal([]any{c, r})
	if err != nil {
		t.Fatal(err)
	}
	shown.Write(text)
	for _, form := range []string{testKey, fmt.Sprintf("%x", testKey)} {
		if strings.Contains(shown.String(), form) {
			at := strings.Index(shown.String(), form)
			t.Errorf("the key is shown: …%s…", shown.String()[max(0, at-60):at])
		}
	}
	if !strings.Contains(shown.String(), "…"+testKey[len(testKey)-4:]) {
		t.Error("the last characters of a key are not shown")
	}
}

func TestTheConfigVerbTellsWhatIsWrong(t *testing.T) {
	var out, talk bytes.Buffer
	s := &session{ctx: t.Context(), env: []string{"QUIRE_HOME=" + t.TempDir(), "OPENAI_API_KEY=sk-..."}, out: &out, talk: &talk}
	if code := s.run([]string{"config"}); code != 0 || !strings.Contains(talk.String(), "note: OPENAI_API_KEY is a placeholder") {
		t.Errorf("it ended with %d and said %q", code, talk.String())
	}
}

func TestNearIsWhatThePublicCannotReach(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "ollama": true, "cafe": true, "127.0.0.1": true, "127.9.9.9": true, "::1": true, "10.1.2.3": true, "192.168.0.4": true,
		"172.16.0.1": true, "169.254.1.1": true, "fd00::1": true, "fe80::1": true, "100.64.0.1": true, "::ffff:10.0.0.1": true,
		"box.local": true, "host.docker.internal": true, "nas.lan": true, "x.home.arpa": true, "a.localhost": true, "box.local.": true,
		"": false, "example.com": false, "8.8.8.8": false, "172.32.0.1": false, "100.128.0.1": false, "2001:db8::1": false,
		"2130706433": false, "0x7f000001": false, "localhost.example.com": false, "local": true, "notlocal.com": false,
	} {
		if got := near(host); got != want {
			t.Errorf("near(%q) is %v", host, got)
		}
	}
}

func TestKeysOfServersThatWantNoneAreTaken(t *testing.T) {
	for _, key := range []string{"ollama", "lm-studio", "EMPTY", "none", "sk-no-key-required", testKey, "key"} {
		if err := checkKey(key); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
}

func FuzzSettingsNeverPanicAndShowWhatTheyRead(f *testing.F) {
	f.Add("draft=openai/gpt-5.4,anthropic/x", "openai=60rpm,5tpm", "https://a.example/v1", "openai,google")
	f.Add("=,=/", "=,rpm", "http://[::1]:1", ",")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		for text, p := range map[string]parsed{a: new(wishes), b: new(limits), c: new(address), d: new(priority)} {
			if p.parse(text) != nil {
				continue
			}
			again := p.String()
			if err := p.parse(again); err != nil || p.String() != again {
				t.Errorf("%q is shown as %q, which reads as %q: %v", text, again, p.String(), err)
			}
		}
	})
}
