package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
)

// runModels runs the verb with an environment, and with check for --test.
func runModels(t *testing.T, check func(context.Context, lane) error, env []string, args ...string) (code int, out, talk string) {
	t.Helper()
	var o, k bytes.Buffer
	s := &session{ctx: t.Context(), env: append([]string{"QUIRE_HOME=" + t.TempDir()}, env...), out: &o, talk: &k, check: check}
	code = s.run(append([]string{"models"}, args...))
	return code, o.String(), k.String()
}

func TestModelsShowsWhoWrites(t *testing.T) {
	code, out, talk := runModels(t, nil, []string{
		anthropicKey, openaiKey, "QUIRE_LIMITS=openai=60rpm,100000tpm", "QUIRE_MODELS=draft=openai/gpt-5.6-sol",
	})
	if code != 0 || talk != "" {
		t.Fatalf("it ended with %d and said %q", code, talk)
	}
	want := `PROVIDER   ADDRESS                    KEY    A MINUTE
anthropic  https://api.anthropic.com  …7Zr1  as it says
openai     https://api.openai.com/v1  …7Zr1  60 requests, 100,000 tokens

MODEL                        INPUT    CACHED   OUTPUT   CONTEXT    FOR
anthropic/claude-opus-5-5    $4.00    $0.20    $20.00   1,000,000  plan, check
anthropic/claude-sonnet-5-5  $2.00    $0.10    $10.00   1,000,000  draft, revise
anthropic/claude-haiku-5-5   $0.10    $0.01    $0.50    1,000,000  observe, figure, matter
openai/gpt-6.1-sol           $2.00    $0.10    $10.00   1,050,000  plan, check, revise
openai/gpt-5.6-sol           unknown  unknown  unknown  1,050,000  draft
openai/gpt-6-luna            $0.10    $0.01    $0.50    1,050,000  observe, figure, matter

Prices are dollars for a million tokens, as of 2026-11-10; docs/guide/models.md tells how to change them.
anthropic/claude-haiku-5-5: from 100,001 tokens of question $0.50 and $2.50.
openai/gpt-6.1-sol: from 272,001 tokens of question $4.00 and $15.00.
openai/gpt-5.6-sol: its promotional price ended on 2026-11-21; the price since then was not found.
openai/gpt-6-luna: from 272,001 tokens of question $0.20 and $0.75.
`
	if diff := cmp.Diff(want, out); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for line := range strings.Lines(strings.Split(out, "Prices")[0]) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > 100 {
			t.Errorf("a line has %d columns: %s", n, line)
		}
	}
}

func TestWithoutAKeyModelsShowsTheBuiltInAuthor(t *testing.T) {
	code, out, talk := runModels(t, nil, nil)
	if code != 0 || !strings.Contains(out, "offline   the built-in author") || !strings.Contains(talk, "hint: with ANTHROPIC_API_KEY") {
		t.Errorf("it ended with %d: %s%s", code, out, talk)
	}
	_, out, _ = runModels(t, nil, nil, "--json")
	var page modelsPage
	if err := json.Unmarshal([]byte(out), &page); err != nil || !page.Offline || page.Models == nil || page.Providers == nil || page.Source == "" {
		t.Errorf("%v: %s", err, out)
	}
}

func TestTheWholeCatalogueCanBeListed(t *testing.T) {
	code, out, _ := runModels(t, nil, nil, "--all")
	if code != 0 || !strings.Contains(out, "google/gemini-2.5-pro ") || !strings.Contains(out, "MAX OUTPUT") {
		t.Errorf("it ended with %d: %s", code, out)
	}
	_, out, _ = runModels(t, nil, nil, "--all", "--json")
	var page modelsPage
	if err := json.Unmarshal([]byte(out), &page); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, m := range page.Models {
		switch m.Name {
		case "openai/gpt-5.6-sol":
			if m.Price != nil {
				t.Errorf("a price that is not known is %+v", m.Price)
			}
			seen++
		case "anthropic/claude-opus-5-5":
			if diff := cmp.Diff(&priceLine{Input: 4, CachedRead: 0.2, CachedWrite: 5, CachedHour: 8, Output: 20}, m.Price); diff != "" || m.Source == "" || m.Date == "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			seen++
		}
	}
	if seen != 2 {
		t.Errorf("%d models of two were found", seen)
	}
}

func TestModelsTellsOfEachWhetherItAnswers(t *testing.T) {
	check := func(_ context.Context, l lane) error {
		switch l.Name() {
		case "openai/gpt-6-luna":
			return llm.NewFault(llm.Auth, l.Provider.Title, errors.New("401"))
		case "anthropic/claude-haiku-5-5":
			return errors.New("a driver's words")
		}
		return nil
	}
	code, out, _ := runModels(t, check, []string{anthropicKey, openaiKey}, "--test")
	if code != 1 {
		t.Errorf("it ended with %d", code)
	}
	for _, want := range []string{
		"anthropic/claude-opus-5-5 answers.\n",
		"openai/gpt-6-luna does not answer: OpenAI refused the key; check the provider's key; quire config shows its last characters.\n",
		"anthropic/claude-haiku-5-5 does not answer: something went wrong inside quire.\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
	code, out, _ = runModels(t, check, []string{openaiKey}, "--test", "--json")
	var page modelsPage
	if err := json.Unmarshal([]byte(out), &page); err != nil || code != 1 {
		t.Fatal(code, err)
	}
	for _, m := range page.Models {
		if m.Answers == nil || *m.Answers != (m.Reason == "") || *m.Answers == (m.Name == "openai/gpt-6-luna") {
			t.Errorf("%+v", m)
		}
	}
}

func TestModelsAreAskedAtOnceAndNotForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		hang := func(ctx context.Context, l lane) error {
			asked.Add(1)
			<-ctx.Done()
			return llm.NewFault(llm.Timeout, l.Provider.Title, ctx.Err())
		}
		began := time.Now()
		code, out, _ := runModels(t, hang, []string{anthropicKey, openaiKey, googleKey}, "--test")
		if took := time.Since(began); took != checkTime || asked.Load() != 7 {
			t.Errorf("%d models took %s", asked.Load(), took)
		}
		if code != 75 || strings.Count(out, "did not answer in time") != 7 {
			t.Errorf("it ended with %d: %s", code, out)
		}
	})
}

func TestAServerWithoutAKeyIsFree(t *testing.T) {
	_, out, _ := runModels(t, nil, []string{localServer, "QUIRE_MODELS=openai/llama3.1:8b"})
	for _, want := range []string{"http://localhost:11434/v1  none", "openai/llama3.1:8b  free   free    free    unknown"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
}
