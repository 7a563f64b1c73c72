package fake_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"quire/llm"
	"quire/llm/fake"
	"quire/llm/llmtest"
)

// script reads a script of one rule.
func script(t *testing.T, rules ...string) fake.Script {
	t.Helper()
	s, err := fake.ReadScript(strings.NewReader(`{"rules":[` + strings.Join(rules, ",") + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// play asks over every wire, streaming and not, while a rule is played.
func play(t *testing.T, rule, author string, check func(t *testing.T, route fake.Route, stream bool, r reply)) {
	t.Helper()
	for _, route := range []fake.Route{fake.Chat, fake.Messages, fake.Generate} {
		for _, stream := range []bool{true, false} {
			name := string(route)
			if stream {
				name += " stream"
			}
			t.Run(name, func(t *testing.T) {
				check(t, route, stream, ask(t, serve(t, &fake.Server{Author: scripted{author}, Script: script(t, rule)}), route, stream, task))
			})
		}
	}
}

// said gathers the text of a reply, and the reason for its end.
func (r reply) said(t *testing.T, route fake.Route, stream bool) (text, finish string) {
	t.Helper()
	take := map[fake.Route]func(o any) (any, any){
		fake.Chat: func(o any) (any, any) {
			if stream {
				return at(o, "choices", 0, "delta", "content"), at(o, "choices", 0, "finish_reason")
			}
			return at(o, "choices", 0, "message", "content"), at(o, "choices", 0, "finish_reason")
		},
		fake.Messages: func(o any) (any, any) {
			if stream {
				return at(o, "delta", "text"), at(o, "delta", "stop_reason")
			}
			list, _ := at(o, "content").([]any)
			return at(list, len(list)-1, "text"), at(o, "stop_reason")
		},
		fake.Generate: func(o any) (any, any) {
			if at(o, "candidates", 0, "content", "parts", 0, "thought") == true {
				return at(o, "candidates", 0, "content", "parts", 1, "text"), at(o, "candidates", 0, "finishReason")
			}
			return at(o, "candidates", 0, "content", "parts", 0, "text"), at(o, "candidates", 0, "finishReason")
		},
	}[route]
	list := []event{{}}
	if stream {
		list = r.events(t)
	} else {
		list[0].data = r.object(t)
	}
	for _, e := range list {
		a, b := take(e.data)
		if s, ok := a.(string); ok {
			text += s
		}
		if s, ok := b.(string); ok {
			finish = s
		}
	}
	return text, finish
}

const story = "Anna rowed out. “Wait,” said Anna, and the boy saw Anna go. Nobody on the pier knew why Anna went.\n\nIn the night Anna came home. The boy asked Anna nothing, and when Anna slept he put out the lamp."

func TestStatusesSayHowLongToWait(t *testing.T) {
	for name, tt := range map[string]struct{ rule, header, want string }{
		"in seconds": {`{"fault":"status","status":429,"wait":"1.2s","wait_as":"seconds"}`, "Retry-After", "2"},
		"in ms":      {`{"fault":"status","status":503,"wait":"1.2s","wait_as":"ms"}`, "Retry-After-Ms", "1200"},
		"not":        {`{"fault":"status","status":429,"wait":"1.2s","wait_as":"none"}`, "Retry-After", ""},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, tt.rule, "x", func(t *testing.T, _ fake.Route, _ bool, r reply) {
				if got := r.header.Get(tt.header); got != tt.want || r.status < 429 || at(r.object(t), "error", "message") == "" {
					t.Errorf("%d %q %s", r.status, got, r.body)
				}
			})
		})
	}
	play(t, `{"fault":"status","status":429,"wait":"90s","wait_as":"date"}`, "x", func(t *testing.T, _ fake.Route, _ bool, r reply) {
		when, err := http.ParseTime(r.header.Get("Retry-After"))
		date, _ := http.ParseTime(r.header.Get("Date"))
		if wait := when.Sub(date); err != nil || wait < 90*time.Second || wait > 95*time.Second {
			t.Errorf("wait %s (%v)", wait, err)
		}
	})
	r := ask(t, serve(t, &fake.Server{Script: script(t, `{"route":"generate","fault":"status","status":429,"wait":"1.5s","wait_as":"info"}`)}), fake.Generate, true, task)
	if got := at(r.object(t), "error", "details", 0, "retryDelay"); got != "1.5s" || at(r.object(t), "error", "status") != "RESOURCE_EXHAUSTED" {
		t.Error(r.body)
	}
}

func TestStatusesHaveTheirNames(t *testing.T) {
	for status, want := range map[string][3]any{
		"401": {"invalid_request_error", "authentication_error", "UNAUTHENTICATED"},
		"402": {"invalid_request_error", "billing_error", "INVALID_ARGUMENT"},
		"403": {"request_forbidden", "permission_error", "PERMISSION_DENIED"},
		"404": {"invalid_request_error", "not_found_error", "NOT_FOUND"},
		"500": {"server_error", "api_error", "INTERNAL"},
		"503": {"server_error", "api_error", "UNAVAILABLE"},
		"529": {"server_error", "overloaded_error", "INTERNAL"},
	} {
		play(t, `{"fault":"status","status":`+status+`}`, "x", func(t *testing.T, route fake.Route, _ bool, r reply) {
			var got, wanted any
			switch route {
			case fake.Chat:
				got, wanted = at(r.object(t), "error", "type"), want[0]
			case fake.Messages:
				got, wanted = at(r.object(t), "error", "type"), want[1]
			case fake.Generate:
				got, wanted = at(r.object(t), "error", "status"), want[2]
			}
			if got != wanted {
				t.Errorf("%s on %s: %v", status, route, got)
			}
		})
	}
}

func TestFaultsBeforeTheAnswer(t *testing.T) {
	play(t, `{"fault":"html"}`, "x", func(t *testing.T, _ fake.Route, _ bool, r reply) {
		if r.status != 502 || r.header.Get("Content-Type") != "text/html" || !strings.Contains(r.body, "502 Bad Gateway") {
			t.Errorf("%d %s", r.status, r.body)
		}
	})
	play(t, `{"fault":"quota"}`, "x", func(t *testing.T, route fake.Route, _ bool, r reply) {
		want := map[fake.Route]string{fake.Chat: "insufficient_quota", fake.Messages: "credit balance is too low", fake.Generate: "exceeded your current quota"}[route]
		if status := map[fake.Route]int{fake.Chat: 429, fake.Messages: 400, fake.Generate: 429}[route]; r.status != status || !strings.Contains(r.body, want) {
			t.Errorf("%d %s", r.status, r.body)
		}
	})
}

func TestStreamsBreakOff(t *testing.T) {
	for fault, broken := range map[string]bool{`"cut"`: true, `"cut","form":"reset"`: true, `"clean_end"`: false} {
		play(t, `{"fault":`+fault+`,"after":2}`, "One two three four.", func(t *testing.T, route fake.Route, stream bool, r reply) {
			if (r.err != nil) != broken {
				t.Errorf("the body ended with %v", r.err)
			}
			if !stream {
				if json.Valid([]byte(r.body)) {
					t.Errorf("the answer is whole: %s", r.body)
				}
				return
			}
			if text, finish := r.said(t, route, true); text != "One two " || finish != "" {
				t.Errorf("said %q, finish %q", text, finish)
			}
		})
	}
}

func TestErrorsComeInTheMidstOfAStream(t *testing.T) {
	for form, want := range map[string][3]any{
		"overloaded": {"server_error", "overloaded_error", "UNAVAILABLE"},
		"rate_limit": {"tokens", "rate_limit_error", "RESOURCE_EXHAUSTED"},
		"api":        {"server_error", "api_error", "INTERNAL"},
	} {
		play(t, `{"fault":"error_event","form":"`+form+`","after":1}`, "One two.", func(t *testing.T, route fake.Route, stream bool, r reply) {
			if !stream {
				if r.status < 429 {
					t.Errorf("%d %s", r.status, r.body)
				}
				return
			}
			list := r.events(t)
			last := list[len(list)-1].data
			got := map[fake.Route]any{fake.Chat: at(last, "error", "type"), fake.Messages: at(last, "error", "type"), fake.Generate: at(last, "error", "status")}[route]
			if text, _ := r.said(t, route, true); text != "One " || got != map[fake.Route]any{fake.Chat: want[0], fake.Messages: want[1], fake.Generate: want[2]}[route] {
				t.Errorf("%s after %q: %v", form, text, last)
			}
		})
	}
}

func TestAnswersEndEarly(t *testing.T) {
	play(t, `{"fault":"length","tokens":3}`, "One two three four.", func(t *testing.T, route fake.Route, stream bool, r reply) {
		text, finish := r.said(t, route, stream)
		if want := map[fake.Route]string{fake.Chat: "length", fake.Messages: "max_tokens", fake.Generate: "MAX_TOKENS"}[route]; text != "One two thre" || finish != want {
			t.Errorf("%q, %s", text, finish)
		}
	})
	play(t, `{"fault":"empty"}`, "One two.", func(t *testing.T, route fake.Route, stream bool, r reply) {
		text, finish := r.said(t, route, stream)
		if want := map[fake.Route]string{fake.Chat: "stop", fake.Messages: "end_turn", fake.Generate: "STOP"}[route]; text != "" || finish != want {
			t.Errorf("%q, %s", text, finish)
		}
	})
}

func TestRefusalsAreSpokenOrFiltered(t *testing.T) {
	play(t, `{"fault":"refusal"}`, "One two.", func(t *testing.T, route fake.Route, stream bool, r reply) {
		text, finish := r.said(t, route, stream)
		switch route {
		case fake.Chat:
			if text != "" || finish != "stop" || !strings.Contains(r.body, `"refusal":"I’m`) {
				t.Errorf("%q %s %s", text, finish, r.body)
			}
		case fake.Messages:
			if !strings.HasPrefix(text, "I’m sorry") || finish != "refusal" {
				t.Errorf("%q %s", text, finish)
			}
		case fake.Generate:
			if text != "" || finish != "SAFETY" {
				t.Errorf("%q %s", text, finish)
			}
		}
	})
	play(t, `{"fault":"refusal","form":"filter","after":1}`, "One two.", func(t *testing.T, route fake.Route, stream bool, r reply) {
		text, finish := r.said(t, route, stream)
		if want := map[fake.Route]string{fake.Chat: "content_filter", fake.Messages: "refusal", fake.Generate: "PROHIBITED_CONTENT"}[route]; text != "One " || finish != want {
			t.Errorf("%q %s", text, finish)
		}
	})
	play(t, `{"fault":"refusal","form":"filter"}`, "One two.", func(t *testing.T, route fake.Route, _ bool, r reply) {
		if strings.Contains(r.body, "One") || route == fake.Generate && !strings.Contains(r.body, `"blockReason":"PROHIBITED_CONTENT"`) {
			t.Error(r.body)
		}
	})
}

func TestUsageIsNullOrAbsent(t *testing.T) {
	play(t, `{"fault":"usage_null"}`, "One two.", func(t *testing.T, route fake.Route, _ bool, r reply) {
		name := map[fake.Route]string{fake.Chat: `"usage":null`, fake.Messages: `"usage":null`, fake.Generate: `"usageMetadata":null`}[route]
		if !strings.Contains(r.body, name) || strings.Contains(r.body, "_tokens") || strings.Contains(r.body, "TokenCount") {
			t.Error(r.body)
		}
	})
	play(t, `{"fault":"usage_absent"}`, "One two.", func(t *testing.T, _ fake.Route, _ bool, r reply) {
		if strings.Contains(r.body, "usage") {
			t.Error(r.body)
		}
	})
}

func TestOddAnswersSayTheSameText(t *testing.T) {
	for fault, sign := range map[string]string{
		`"unknown"`: "unheard", `"reasoning","tokens":20`: "Let me think", `"long_line","after":1,"bytes":300000`: strings.Repeat("x", 300000),
		`"split_utf8"`: "“Wait,”", `"slow_drip","delay":"1ms"`: "Anna", `"slow_headers","delay":"1ms"`: "Anna",
	} {
		play(t, `{"fault":`+fault+`}`, story, func(t *testing.T, route fake.Route, stream bool, r reply) {
			text, finish := r.said(t, route, stream)
			want := map[fake.Route]string{fake.Chat: "stop", fake.Messages: "end_turn", fake.Generate: "STOP"}[route]
			if signed := strings.Contains(strings.ToLower(strings.ReplaceAll(r.body, `","content":"`, "")), strings.ToLower(sign)); !signed && !(stream && strings.Contains(fault, "reasoning")) && !strings.Contains(text, sign) {
				t.Errorf("%s does not show", fault)
			}
			if route == fake.Generate && !stream && strings.Contains(fault, "reasoning") {
				text, finish = story, want // the text is the second part
				if at(r.object(t), "candidates", 0, "content", "parts", 1, "text") != story {
					t.Error(r.body)
				}
			}
			if text != story || finish != want {
				t.Errorf("%s: %q, %s", fault, text, finish)
			}
		})
	}
}

func TestProseIsSpoiled(t *testing.T) {
	for rule, check := range map[string]func(text string) bool{
		`{"fault":"undershoot"}`: func(text string) bool { return len(text) < len(story)*6/10 && strings.HasSuffix(text, ".") },
		`{"fault":"overshoot","factor":3}`: func(text string) bool {
			return len(strings.Fields(text)) == 3*len(strings.Fields(story)) && strings.HasPrefix(text, story)
		},
		`{"fault":"loop","tokens":300}`: func(text string) bool {
			return strings.Count(text, "The lamp went out") > 10 && llm.Tokens(text) >= 300
		},
		`{"fault":"name_drift"}`: func(text string) bool {
			return strings.Contains(text, "Anna rowed") && strings.Contains(text, "asked Marlowe nothing") && !strings.Contains(text, "asked Anna")
		},
	} {
		play(t, rule, story, func(t *testing.T, route fake.Route, stream bool, r reply) {
			if text, _ := r.said(t, route, stream); !check(text) {
				t.Errorf("%s: %s", rule, text)
			}
		})
	}
}

func TestJSONIsSpoiled(t *testing.T) {
	schema := `{"type":"object","properties":{"name":{"type":"string"},"moods":{"type":"array","items":{"$ref":"#/$defs/mood"}}},"required":["name","moods"],"additionalProperties":false,"$defs":{"mood":{"enum":["dry","wet"]}}}`
	answer := `{"name":"Anna","moods":["dry"]}`
	for form, want := range map[string]string{
		"fenced": "```json\n" + answer + "\n```", "trailing_comma": `{"name":"Anna","moods":["dry"],}`, "cut": `{"name":"Anna","moo`,
		"wrong_enum": `{"moods":["none-of-these"],"name":"Anna"}`, "wrong_type": `{"moods":["dry"],"name":12}`, "missing_field": `{"moods":["dry"]}`,
		"single_quotes": `{'name':'Anna','moods':['dry']}`, "prose": "Here is the JSON", "not_json": "I would rather",
	} {
		body := with(wires[fake.Chat].body(false, task), "response_format", format("x", schema, t))
		r := post(t, serve(t, &fake.Server{Author: scripted{answer}, Script: script(t, `{"fault":"bad_json","form":"`+form+`"}`)}), "/v1/chat/completions", nil, body)
		if text, _ := r.said(t, fake.Chat, false); !strings.HasPrefix(text, want) || strings.HasPrefix(want, "{") && form != "cut" && text != want {
			t.Errorf("%s: %s", form, text)
		}
	}
	play(t, `{"fault":"bad_json"}`, "One.", func(t *testing.T, route fake.Route, stream bool, r reply) {
		if text, _ := r.said(t, route, stream); text != "One." {
			t.Errorf("prose was spoiled: %s", text)
		}
	})
}

func TestRulesCountTheirOwnCalls(t *testing.T) {
	s := &fake.Server{Script: script(t,
		`{"role":"beats","fault":"status","status":500}`,
		`{"route":"chat","role":"draft","artefact":"section/*","calls":"2-3","fault":"status","status":503}`,
		`{"calls":"every 3","fault":"status","status":529}`,
		`{"artefact":"other","fault":"status","status":402}`)}
	base := serve(t, s)
	var got []int
	for range 6 {
		got = append(got, ask(t, base, fake.Chat, true, task).status)
	}
	want := []int{200, 503, 503, 200, 200, 529} // the third rule counts the third call, but comes second
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("statuses %v, want %v", got, want)
		}
	}
	if sum := s.Summary(); sum.Faults["status"] != 3 || sum.Routes[fake.Chat] != 6 || sum.Outcomes["stop"] != 3 {
		t.Errorf("summary %+v", sum)
	}
}

func TestModelListsFailToo(t *testing.T) {
	base := serve(t, &fake.Server{Script: script(t, `{"route":"models","calls":"2","fault":"html"}`)})
	for _, want := range []int{200, 502, 200} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/v1/models", nil)
		if err != nil {
			t.Fatal(err)
		}
		if r := do(t, req, nil); r.status != want {
			t.Errorf("%d, want %d", r.status, want)
		}
	}
	if r := ask(t, base, fake.Chat, false, task); r.status != 200 {
		t.Errorf("the rule plays on %s", r.body)
	}
}

func TestScriptsNameTheFieldThatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		`{`:                               "the script is not",
		`{"rule":[]}`:                     `the script has the field "rule", which is not known`,
		`{"rules":[]} {}`:                 "something after its end",
		`{"rules":[{"fault":"explode"}]}`: `rules[0].fault is "explode", which is no fault`,
		`{"rules":[{"route":"chat"}]}`:    "rules[0].fault is missing",
		`{"rules":[{"fault":"empty"},{"fault":"empty","colour":1}]}`:   `rules[1] has the field "colour"`,
		`{"rules":[{"fault":"empty","route":"mail"}]}`:                 `rules[0].route is "mail"`,
		`{"rules":[{"fault":"empty","role":"poet"}]}`:                  `rules[0].role is "poet"`,
		`{"rules":[{"fault":"empty","calls":"4-2"}]}`:                  `rules[0].calls is "4-2"`,
		`{"rules":[{"fault":"empty","calls":"0"}]}`:                    `rules[0].calls is "0"`,
		`{"rules":[{"fault":"empty","calls":"every 0"}]}`:              `rules[0].calls is "every 0"`,
		`{"rules":[{"fault":"empty","status":500}]}`:                   `rules[0].status means nothing to the fault "empty"`,
		`{"rules":[{"fault":"status"}]}`:                               "rules[0].status is missing",
		`{"rules":[{"fault":"status","status":200}]}`:                  "rules[0].status must be from 400 to 599",
		`{"rules":[{"fault":"status","status":"x"}]}`:                  "rules[0].status cannot be a string",
		`{"rules":[{"fault":"status","status":429,"wait":"soon"}]}`:    "rules[0].wait must be a duration",
		`{"rules":[{"fault":"status","status":429,"wait":3}]}`:         "rules[0].wait cannot be a number",
		`{"rules":[{"fault":"status","status":429,"wait_as":"x"}]}`:    "rules[0].wait_as can be seconds, ms, date, info, none",
		`{"rules":[{"fault":"status","status":429,"wait_as":"info"}]}`: "only on the route generate",
		`{"rules":[{"fault":"bad_json","form":"xml"}]}`:                "rules[0].form can be fenced",
		`{"rules":[{"fault":"slow_drip","delay":"-1s"}]}`:              "rules[0].delay must be a duration",
		`{"rules":[{"fault":"overshoot","factor":50}]}`:                "rules[0].factor must be at most 20",
		`{"rules":[{"fault":"stall","after":-1}]}`:                     "rules[0].fault has a number below 0",
		`{"rules":[{"fault":"stall","route":"models"}]}`:               `cannot be "stall" on the route models`,
	} {
		_, err := fake.ReadScript(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestWaitsEndWhenTheClientLeavesOrTheServerCloses(t *testing.T) {
	for name, rule := range map[string]string{
		"slow headers": `{"fault":"slow_headers","delay":"1h"}`, "slow drip": `{"fault":"slow_drip","delay":"1h"}`, "a stall": `{"fault":"stall","after":1}`,
	} {
		for _, closes := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := &fake.Server{Author: scripted{"One two."}, Script: script(t, rule)}
					client, stop := llmtest.Serve(s)
					defer stop()
					if closes {
						time.AfterFunc(time.Minute, s.Close)
					} else {
						client.Timeout = time.Minute
					}
					began := time.Now()
					resp, err := client.Post(llmtest.Base+"/v1/chat/completions", "application/json", strings.NewReader(`{"model":"m","stream":true,"messages":[{"role":"user","content":"x"}]}`))
					if err == nil {
						buf := make([]byte, 1<<16)
						for err == nil {
							_, err = resp.Body.Read(buf)
						}
						resp.Body.Close()
					}
					if took := time.Since(began); took != time.Minute {
						t.Errorf("it took %s (%v)", took, err)
					}
					synctest.Wait()
					if log := s.Log(); len(log) != 1 || log[0].Outcome != "left" || log[0].Took != time.Minute {
						t.Errorf("log %+v", log)
					}
				})
			})
		}
	}
}

func TestAStreamKeepsItsPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, stop := llmtest.Serve(&fake.Server{Author: scripted{strings.Repeat("word ", 100)}, Pace: 10})
		defer stop()
		began := time.Now()
		resp, err := client.Post(llmtest.Base+"/v1/chat/completions", "application/json", strings.NewReader(`{"model":"m","stream":true,"messages":[{"role":"user","content":`+string(must(json.Marshal(task)))+`}]}`))
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		buf := make([]byte, 1<<16)
		for err == nil {
			_, err = resp.Body.Read(buf)
		}
		if took := time.Since(began).Round(time.Second); took != 10*time.Second {
			t.Errorf("a hundred words took %s", took)
		}
	})
}

func must(text []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return text
}

// pieces is a ResponseWriter that keeps each write apart.
type pieces struct {
	header http.Header
	list   [][]byte
}

func (p *pieces) Header() http.Header { return p.header }
func (p *pieces) WriteHeader(int)     {}
func (p *pieces) Flush()              {}
func (p *pieces) Write(text []byte) (int, error) {
	p.list = append(p.list, append([]byte(nil), text...))
	return len(text), nil
}

func TestLettersAreDividedBetweenWrites(t *testing.T) {
	for route, w := range wires {
		for rule, want := range map[string]bool{`{"fault":"split_utf8"}`: true, `{"fault":"empty","calls":"2"}`: false} {
			s := &fake.Server{Author: scripted{story}, Script: script(t, rule)}
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.streamPath, strings.NewReader(string(must(json.Marshal(w.body(true, task))))))
			if err != nil {
				t.Fatal(err)
			}
			for name, value := range w.header {
				req.Header.Set(name, value)
			}
			p := &pieces{header: http.Header{}}
			s.ServeHTTP(p, req)
			divided := 0
			for _, piece := range p.list {
				if !utf8.Valid(piece) {
					divided++
				}
			}
			if (divided > 0) != want || divided%2 != 0 || len(p.list) < 10 {
				t.Errorf("%s, %s: %d of %d writes hold half a letter", route, rule, divided, len(p.list))
			}
		}
	}
}
