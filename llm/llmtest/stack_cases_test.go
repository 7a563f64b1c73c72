package llmtest_test

import (
	"maps"
	"time"

	"quire/llm"
	"quire/llm/fake"
)

// The waits of Retry when chance is always a half: 0.25, 0.5, 1 and 2 seconds;
// what a provider asks for gets an eighth of a second on top.
const (
	wait1 = 250 * time.Millisecond
	wait2 = 750 * time.Millisecond
	wait4 = 3750 * time.Millisecond
	onTop = 125 * time.Millisecond
)

// What a call of a hundred tokens costs that is answered in a hundred, one that
// breaks off after three words, and one that is only asked.
const (
	once      = "$0.0003"
	brokeOnce = "$0.000412"
)

var (
	spare    = []fake.Rule{} // a second lane without faults
	onGoogle = []fake.Route{fake.Generate}
)

func play(r ...fake.Rule) []fake.Rule { return r }

// refuse answers with a status; calls are as in a script.
func refuse(status int, calls string) fake.Rule {
	return fake.Rule{Fault: "status", Status: status, Calls: calls}
}

// wait is a 429 on the first call that says how long.
func wait(d time.Duration, as string) fake.Rule {
	return fake.Rule{Fault: "status", Status: 429, Calls: "1", Wait: fake.Duration(d), WaitAs: as}
}

// fault is one that needs no more than a place.
func fault(name, form string, after int, calls string) fake.Rule {
	return fake.Rule{Fault: name, Form: form, After: after, Calls: calls}
}

// well is a call that is answered as it should be after these.
func well(calls, tries string, waited time.Duration, cost string) ending {
	if calls != "" {
		calls, tries = calls+" ", tries+", "
	}
	return ending{Calls: calls + "stop", Tries: tries + "stop q+100", Waited: waited, Text: "whole", Finish: llm.Stop, Cost: cost, Kept: true}
}

// aside is an answer by the second lane after what the first did.
func aside(calls, tries string, waited time.Duration, cost string) ending {
	return ending{Calls: calls + " b:stop", Tries: tries + ", b:stop q+100", Waited: waited, Text: "whole", Finish: llm.Stop, Cost: cost, Kept: true}
}

// gone is a call without an answer.
func gone(class llm.Class, calls, tries string, waited time.Duration, text, cost string) ending {
	return ending{Calls: calls, Tries: tries, Waited: waited, Text: text, Class: class, Cost: cost}
}

// never is a call that was turned away once and is not tried again.
func never(class llm.Class, status string) ending {
	return gone(class, status, string(class), 0, "", "$0.00")
}

func stackCases() map[string]stackCase {
	all := map[string]stackCase{}
	for _, some := range []map[string]stackCase{limitCases, statusCases, silenceCases, breakCases, oddCases, jsonCases, refusalCases, leaveCases, budgetCases} {
		maps.Copy(all, some)
	}
	return all
}

// until is an ending that says when to come again.
func (e ending) until(d time.Duration) ending {
	e.Again = d
	return e
}

var limitCases = map[string]stackCase{
	"nothing happens":               {want: well("", "", 0, once)},
	"429, in seconds":               {rules: play(wait(7*time.Second, "seconds")), want: well("429", "rate_limited", 7*time.Second+onTop, once)},
	"429, in milliseconds":          {rules: play(wait(1500*time.Millisecond, "ms")), want: well("429", "rate_limited", 1500*time.Millisecond+onTop, once)},
	"429, until a date":             {rules: play(wait(7*time.Second, "date")), want: well("429", "rate_limited", 7*time.Second+onTop, once)},
	"429, in a RetryInfo":           {wires: onGoogle, rules: play(wait(11*time.Second, "info")), want: well("429", "rate_limited", 11*time.Second+onTop, once)},
	"429, a minute":                 {rules: play(wait(time.Minute, "seconds")), want: well("429", "rate_limited", time.Minute+onTop, once)},
	"429, no time":                  {rules: play(refuse(429, "1")), want: well("429", "rate_limited", time.Second, once)},
	"429, no time, twice":           {rules: play(refuse(429, "1-2")), want: well("429×2", "rate_limited×2", 3*time.Second, once)},
	"429, no time, for good":        {rules: play(refuse(429, "")), want: gone(llm.RateLimited, "429×5", "rate_limited×5", 15*time.Second, "", "$0.00")},
	"429, more than a minute":       {rules: play(wait(90*time.Second, "seconds")), want: never(llm.RateLimited, "429").until(90 * time.Second)},
	"429, more than a minute, info": {wires: onGoogle, rules: play(wait(61*time.Second, "info")), want: never(llm.RateLimited, "429").until(61 * time.Second)},
	"429, more than a minute, and another provider": {
		rules: play(wait(90*time.Second, "date")), second: spare, want: aside("429", "rate_limited", 0, once),
	},
	"429 here, 429 there": {
		rules: play(wait(90*time.Second, "")), second: play(wait(2*time.Minute, "")),
		want: gone(llm.RateLimited, "429 b:429", "rate_limited, b:rate_limited", 0, "", "$0.00").until(90 * time.Second),
	},
}

var statusCases = map[string]stackCase{
	"500 once":                {rules: play(refuse(500, "1")), want: well("500", "overloaded", wait1, once)},
	"500 for good":            {rules: play(refuse(500, "")), want: gone(llm.Overloaded, "500×5", "overloaded×5", wait4, "", "$0.00")},
	"500, and another":        {rules: play(refuse(500, "")), second: spare, want: aside("500×5", "overloaded×5", wait4, once)},
	"502 as a web page":       {rules: play(fake.Rule{Fault: "html", Calls: "1"}), want: well("502", "overloaded", wait1, once)},
	"503 twice":               {rules: play(refuse(503, "1-2")), want: well("503×2", "overloaded×2", wait2, once)},
	"503 that says when":      {rules: play(fake.Rule{Fault: "status", Status: 503, Wait: fake.Duration(5 * time.Second), Calls: "1"}), want: well("503", "overloaded", 5*time.Second+onTop, once)},
	"504 once":                {rules: play(refuse(504, "1")), want: well("504", "overloaded", wait1, once)},
	"529 four times":          {rules: play(refuse(529, "1-4")), want: well("529×4", "overloaded×4", wait4, once)},
	"400":                     {rules: play(refuse(400, "")), second: spare, want: gone(llm.Bad, "400", "invalid", 0, "", "$0.00")},
	"401":                     {rules: play(refuse(401, "")), want: gone(llm.Auth, "401", "auth", 0, "", "$0.00")},
	"402":                     {rules: play(refuse(402, "")), want: gone(llm.Quota, "402", "quota", 0, "", "$0.00")},
	"403":                     {rules: play(refuse(403, "")), want: gone(llm.Auth, "403", "auth", 0, "", "$0.00")},
	"404":                     {rules: play(refuse(404, "")), second: spare, want: gone(llm.Bad, "404", "invalid", 0, "", "$0.00")},
	"413":                     {rules: play(refuse(413, "")), want: gone(llm.Bad, "413", "invalid", 0, "", "$0.00")},
	"a web page with 200":     {rules: play(fake.Rule{Fault: "html", Status: 200}), want: gone(llm.Bad, "200", "invalid", 0, "", "$0.00")},
	"no credit":               {rules: play(fault("quota", "", 0, "")), want: gone(llm.Quota, "429", "quota", 0, "", "$0.00"), but: on(fake.Messages, func(e *ending) { e.Calls = "400" })},
	"no credit, and another":  {rules: play(fault("quota", "", 0, "")), second: spare, want: aside("429", "quota", 0, once), but: on(fake.Messages, func(e *ending) { e.Calls = "400 b:stop" })},
	"a wrong key":             {keys: []string{"another"}, want: gone(llm.Auth, "401", "auth", 0, "", "$0.00"), but: on(fake.Generate, func(e *ending) { e.Calls = "400" })},
	"a refused key, another":  {rules: play(refuse(401, "")), second: spare, want: aside("401", "auth", 0, once)},
	"nobody listens at first": {down: 2, want: ending{Calls: "stop", Tries: "unreachable×2, stop q+100", Waited: wait2, Text: "whole", Finish: llm.Stop, Cost: once, Kept: true}},
	"nobody listens":          {down: 100, want: gone(llm.Unreachable, "", "unreachable×5", wait4, "", "$0.00")},
	"one after the other":     {rules: play(refuse(429, "1"), fault("cut", "", 3, "2"), refuse(529, "3"), fault("clean_end", "", 3, "4")), want: well("429 broken 529 broken", "rate_limited, truncated q+6~, overloaded, truncated q+6~", 4500*time.Millisecond, "$0.000524")},
}

// on changes the ending on one wire.
func on(route fake.Route, change func(*ending)) map[fake.Route]func(*ending) {
	return map[fake.Route]func(*ending){route: change}
}

var silenceCases = map[string]stackCase{
	"headers that dawdle": {
		rules: play(fake.Rule{Fault: "slow_headers", Delay: fake.Duration(30 * time.Second)}), want: well("", "", 30*time.Second, once),
	},
	"headers that never come": {
		rules: play(fake.Rule{Fault: "slow_headers", Delay: fake.Duration(24 * time.Hour)}), want: gone(llm.Timeout, "left", "timeout q+0~", 5*time.Minute, "", "$0.0001"),
	},
	"headers that never come, and another": {
		rules: play(fake.Rule{Fault: "slow_headers", Delay: fake.Duration(24 * time.Hour)}), second: spare, want: aside("left", "timeout q+0~", 5*time.Minute, "$0.0004"),
	},
	"a slow drip": {
		rules: play(fake.Rule{Fault: "slow_drip", Delay: fake.Duration(20 * time.Second)}), want: well("", "", 50*20*time.Second, once),
	},
	"a stall": {
		rules: play(fault("stall", "", 3, "1")), want: well("left", "timeout q+6~", time.Minute+wait1, brokeOnce),
	},
	"a stall at once": {
		rules: play(fault("stall", "", 0, "1")), want: well("left", "timeout q+0~", time.Minute+wait1, "$0.0004"),
		but: map[fake.Route]func(*ending){
			fake.Messages: begun("timeout q+1~", "$0.000402"),
			// Google says nothing before the first words: these are awaited for five minutes.
			fake.Generate: func(e *ending) { *e = gone(llm.Timeout, "left", "timeout q+0~", 5*time.Minute, "", "$0.0001") },
		},
	},
	"nothing but stalls": {
		rules: play(fault("stall", "", 3, "")), want: gone(llm.Timeout, "left×5", "timeout q+6~×5", 5*time.Minute+wait4, "whole[:24]", "$0.00056"),
	},
	"a stall and another": {
		rules: play(fault("stall", "", 3, "")), second: spare, want: aside("left×5", "timeout q+6~×5", 5*time.Minute+wait4, "$0.00086"),
	},
}

var breakCases = map[string]stackCase{
	"cut at the start":          {rules: play(fault("cut", "", 0, "1")), want: well("broken", "truncated q+0~", wait1, "$0.0004"), but: on(fake.Messages, begun("truncated q+1~", "$0.000402"))},
	"cut in the midst":          {rules: play(fault("cut", "", 3, "1")), want: well("broken", "truncated q+6~", wait1, brokeOnce)},
	"thrown away in the midst":  {rules: play(fault("cut", "reset", 3, "1")), want: well("broken", "truncated q+6~", wait1, brokeOnce)},
	"cut before the terminator": {rules: play(fault("cut", "", 99, "1")), want: well("broken", "truncated q+100~", wait1, "$0.0006")},
	"cut five times":            {rules: play(fault("cut", "", 3, "")), want: gone(llm.Truncated, "broken×5", "truncated q+6~×5", wait4, "whole[:24]", "$0.00056")},
	"cut, and another":          {rules: play(fault("cut", "", 3, "")), second: spare, want: aside("broken×5", "truncated q+6~×5", wait4, "$0.00086")},
	"cut, then overloaded":      {rules: play(fault("cut", "", 3, "1"), refuse(500, "")), want: gone(llm.Overloaded, "broken 500×4", "truncated q+6~, overloaded×4", wait4, "whole[:24]", "$0.000112")},
	"a clean end at once":       {rules: play(fault("clean_end", "", 0, "1")), want: well("broken", "truncated q+0~", wait1, "$0.0004"), but: on(fake.Messages, begun("truncated q+1~", "$0.000402"))},
	"a clean end too early":     {rules: play(fault("clean_end", "", 3, "1")), want: well("broken", "truncated q+6~", wait1, brokeOnce)},
	"only the terminator lacks": {rules: play(fault("clean_end", "", 99, "1")), want: well("broken", "truncated q+100~", wait1, "$0.0006")},
	"overloaded in the midst":   {rules: play(fault("error_event", "", 3, "1")), want: well("broken", "overloaded q+6~", wait1, brokeOnce)},
	"limited in the midst":      {rules: play(fault("error_event", "rate_limit", 3, "1")), want: well("broken", "rate_limited q+6~", time.Second, brokeOnce)},
	"failed in the midst":       {rules: play(fault("error_event", "api", 3, "1")), want: well("broken", "overloaded q+6~", wait1, brokeOnce)},
	"an error at once":          {rules: play(fault("error_event", "", 0, "1")), want: well("broken", "overloaded", wait1, once), but: on(fake.Messages, begun("overloaded q+1~", "$0.000402"))},
}

// begun is a try of which Anthropic counted the question and one token.
func begun(try, cost string) func(*ending) {
	return func(e *ending) { e.Tries, e.Cost = try+", stop q+100", cost }
}
