package llmtest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"quire/llm"
	"quire/llm/fake"
)

// fault is what becomes of a call on which a rule is played.
type fault struct {
	rule   string
	class  llm.Class
	status int    // 0 is not looked at
	wait   [2]int // seconds, from and to
	text   string // so far
}

// half is the beginning of prose that comes before a break after three chunks.
var half = strings.Join(strings.SplitAfter(prose, " ")[:3], "")

var faultCases = map[string]fault{
	"429, seconds":              {`{"fault":"status","status":429,"wait":"7s","wait_as":"seconds"}`, llm.RateLimited, 429, [2]int{7, 7}, ""},
	"429, ms":                   {`{"fault":"status","status":429,"wait":"3s","wait_as":"ms"}`, llm.RateLimited, 429, [2]int{3, 3}, ""},
	"429, a date":               {`{"fault":"status","status":429,"wait":"90s","wait_as":"date"}`, llm.RateLimited, 429, [2]int{80, 92}, ""},
	"429, nothing":              {`{"fault":"status","status":429}`, llm.RateLimited, 429, [2]int{0, 0}, ""},
	"503, seconds":              {`{"fault":"status","status":503,"wait":"5s"}`, llm.Overloaded, 503, [2]int{5, 5}, ""},
	"500":                       {`{"fault":"status","status":500}`, llm.Overloaded, 500, [2]int{}, ""},
	"504":                       {`{"fault":"status","status":504}`, llm.Overloaded, 504, [2]int{}, ""},
	"529":                       {`{"fault":"status","status":529}`, llm.Overloaded, 529, [2]int{}, ""},
	"502, HTML":                 {`{"fault":"html"}`, llm.Overloaded, 502, [2]int{}, ""},
	"503, HTML":                 {`{"fault":"html","status":503}`, llm.Overloaded, 503, [2]int{}, ""},
	"404, HTML":                 {`{"fault":"html","status":404}`, llm.Bad, 404, [2]int{}, ""},
	"400":                       {`{"fault":"status","status":400}`, llm.Bad, 400, [2]int{}, ""},
	"401":                       {`{"fault":"status","status":401}`, llm.Auth, 401, [2]int{}, ""},
	"402":                       {`{"fault":"status","status":402}`, llm.Quota, 402, [2]int{}, ""},
	"403":                       {`{"fault":"status","status":403}`, llm.Auth, 403, [2]int{}, ""},
	"404":                       {`{"fault":"status","status":404}`, llm.Bad, 404, [2]int{}, ""},
	"413":                       {`{"fault":"status","status":413}`, llm.Bad, 413, [2]int{}, ""},
	"quota":                     {`{"fault":"quota"}`, llm.Quota, 0, [2]int{}, ""},
	"cut":                       {`{"fault":"cut","after":3}`, llm.Truncated, 0, [2]int{}, half},
	"cut at once":               {`{"fault":"cut"}`, llm.Truncated, 0, [2]int{}, ""},
	"cut before the terminator": {`{"fault":"cut","after":10000}`, llm.Truncated, 0, [2]int{}, prose + "This is section/ch_1/1."},
	"reset":                     {`{"fault":"cut","form":"reset","after":3}`, llm.Truncated, 0, [2]int{}, half},
	"clean end":                 {`{"fault":"clean_end","after":3}`, llm.Truncated, 0, [2]int{}, half},
	"clean end at once":         {`{"fault":"clean_end"}`, llm.Truncated, 0, [2]int{}, ""},
	"only the terminator lacks": {`{"fault":"clean_end","after":10000}`, llm.Truncated, 0, [2]int{}, prose + "This is section/ch_1/1."},
	"overloaded in the midst":   {`{"fault":"error_event","after":3}`, llm.Overloaded, 0, [2]int{}, half},
	"limited in the midst":      {`{"fault":"error_event","form":"rate_limit","after":3}`, llm.RateLimited, 0, [2]int{}, half},
	"failed in the midst":       {`{"fault":"error_event","form":"api","after":3}`, llm.Overloaded, 0, [2]int{}, half},
	"overloaded at once":        {`{"fault":"error_event"}`, llm.Overloaded, 0, [2]int{}, ""},
}

func faults(t *testing.T, p Provider) {
	cases := map[string]fault{}
	for name, c := range faultCases {
		cases[name] = c
	}
	if p.Route == fake.Generate {
		cases["429, RetryInfo"] = fault{`{"route":"generate","fault":"status","status":429,"wait":"11s","wait_as":"info"}`, llm.RateLimited, 429, [2]int{11, 11}, ""}
	}
	for name, tt := range cases {
		t.Run(name, func(t *testing.T) {
			s := open(t, p, script(t, tt.rule))
			res, _, err := s.ask(Question("section/ch_1/1"))
			isFault(t, p, err, tt.class)
			f := faultIn(err)
			if f == nil || f.Problem == nil {
				return
			}
			if tt.status != 0 && f.Status != tt.status {
				t.Errorf("status %d", f.Status)
			}
			if wait := f.Problem.Wait; wait < time.Duration(tt.wait[0])*time.Second || wait > time.Duration(tt.wait[1])*time.Second {
				t.Errorf("wait %s, want %v s", wait, tt.wait)
			}
			if res.Text != tt.text || res.Finish != "" && tt.class == llm.Truncated {
				t.Errorf("so far %q, finish %q; want %q", res.Text, res.Finish, tt.text)
			}
			s.once()
		})
	}
}

// odd are answers that end well, or as well as they can.
func odd(t *testing.T, p Provider) {
	whole := prose + "This is section/ch_1/1."
	for name, tt := range map[string]struct {
		rule   string
		text   string
		finish llm.Finish
	}{
		"too long":            {`{"fault":"length","tokens":4}`, "“Salt,” said", llm.Length},
		"refused":             {`{"fault":"refusal"}`, "*", llm.Refused},
		"filtered":            {`{"fault":"refusal","form":"filter","after":3}`, half, llm.Refused},
		"blocked":             {`{"fault":"refusal","form":"filter"}`, "", llm.Refused},
		"empty":               {`{"fault":"empty"}`, "", llm.Stop},
		"no usage":            {`{"fault":"usage_absent"}`, whole, llm.Stop},
		"null usage":          {`{"fault":"usage_null"}`, whole, llm.Stop},
		"unknown things":      {`{"fault":"unknown"}`, whole, llm.Stop},
		"reasoning":           {`{"fault":"reasoning","tokens":30}`, whole, llm.Stop},
		"divided letters":     {`{"fault":"split_utf8"}`, whole, llm.Stop},
		"a line of 2 MB":      {`{"fault":"long_line","after":2}`, whole, llm.Stop},
		"headers that dawdle": {`{"fault":"slow_headers","delay":"5ms"}`, whole, llm.Stop},
		"a slow drip":         {`{"fault":"slow_drip","delay":"1ms"}`, whole, llm.Stop},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, p, script(t, tt.rule))
			res, _, err := s.ask(Question("section/ch_1/1"))
			if err != nil || res.Finish != tt.finish || tt.text != "*" && res.Text != tt.text {
				t.Errorf("%q, %s (%v)", res.Text, res.Finish, err)
			}
			switch {
			case strings.Contains(name, "usage"):
				if res.Usage != (llm.Usage{}) {
					t.Errorf("usage %+v, but none was told", res.Usage)
				}
			case name == "reasoning":
				if res.Usage.Reasoning != 30 || res.Usage.Output != 30+llm.Tokens(whole) {
					t.Errorf("usage %+v", res.Usage)
				}
			case res.Usage.Input == 0:
				t.Errorf("usage %+v", res.Usage)
			}
			s.once()
		})
	}
}

// keys looks for the right class, and for the key where it must not be.
func keys(t *testing.T, p Provider) {
	s := open(t, p, &fake.Server{Keys: []string{"another-key"}})
	_, _, err := s.ask(Question("a"))
	isFault(t, p, err, llm.Auth)
	s.once()
	right := open(t, p, &fake.Server{Keys: []string{secret.Reveal()}})
	if _, _, err := right.ask(Question("a")); err != nil {
		t.Errorf("the right key is refused: %v", err)
	}
	none := open(t, p, &fake.Server{Keys: []string{"another-key"}})
	server := httptest.NewServer(none.server)
	defer server.Close()
	_, err = p.New(server.URL, "", server.Client()).Stream(t.Context(), Question("a"), nil)
	isFault(t, p, err, llm.Auth)
	for _, status := range []int{400, 401, 403, 404, 429, 500} {
		echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			said := fmt.Sprint(r.Header, r.URL)
			w.WriteHeader(status)
			_, _ = fmt.Fprintf(w, `{"type":"error","error":{"type":"x","code":%d,"status":"X","message":%q}}`, status, said) // the client may have gone
		}))
		_, err := p.New(echo.URL, secret, echo.Client()).Stream(t.Context(), Question("a"), nil)
		if err == nil {
			t.Errorf("a status %d is no error", status)
		}
		hasNoKey(t, err)
		echo.Close()
	}
}

// strangers are servers that are none, or none of models.
func strangers(t *testing.T, p Provider) {
	page := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, "<!doctype html><title>Welcome</title>") // the client may have gone
		}
	}
	for name, tt := range map[string]struct {
		handler http.HandlerFunc
		class   []llm.Class
	}{
		"a web site":          {page(200), []llm.Class{llm.Bad}},
		"a web site's 404":    {page(404), []llm.Class{llm.Bad}},
		"a portal's redirect": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", http.StatusFound) }, []llm.Class{llm.Bad}},
		"empty":               {func(http.ResponseWriter, *http.Request) {}, []llm.Class{llm.Truncated, llm.Bad}},
		"nobody listens":      {nil, []llm.Class{llm.Unreachable}},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(tt.handler)
			if tt.handler == nil {
				server.Close()
			} else {
				defer server.Close()
			}
			_, err := p.New(server.URL, secret, server.Client()).Stream(t.Context(), Question("a"), nil)
			hasNoKey(t, err)
			class := llm.ClassOf(err)
			for _, c := range tt.class {
				if c == class {
					isFault(t, p, err, c)
					return
				}
			}
			t.Errorf("the class is %q (%v), want %v", class, err, tt.class)
		})
	}
	plain := httptest.NewServer(page(200))
	defer plain.Close()
	_, err := p.New(strings.Replace(plain.URL, "http:", "https:", 1), secret, plain.Client()).Stream(t.Context(), Question("a"), nil)
	hasNoKey(t, err)
	if class := llm.ClassOf(err); class != llm.Unreachable && class != llm.Bad {
		t.Errorf("without TLS the class is %q (%v)", class, err)
	}
}
