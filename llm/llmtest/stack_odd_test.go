package llmtest_test

import (
	"time"

	"quire/llm"
	"quire/llm/fake"
)

// said is an answer at once that is kept.
func said(tries, text string, finish llm.Finish, cost string) ending {
	return ending{Calls: string(finish), Tries: tries, Text: text, Finish: finish, Cost: cost, Kept: true}
}

var oddCases = map[string]stackCase{
	"too long":           {rules: play(fake.Rule{Fault: "length", Tokens: 4}), want: said("length q+4", "whole[:16]", llm.Length, "$0.000108")},
	"empty":              {rules: play(fault("empty", "", 0, "")), want: said("stop q+0", "", llm.Stop, "$0.0001")},
	"usage null":         {rules: play(fault("usage_null", "", 0, "")), want: said("stop q+100~", "whole", llm.Stop, once)},
	"usage absent":       {rules: play(fault("usage_absent", "", 0, "")), want: said("stop q+100~", "whole", llm.Stop, once)},
	"unknown things":     {rules: play(fault("unknown", "", 0, "")), want: well("", "", 0, once)},
	"divided letters":    {rules: play(fault("split_utf8", "", 0, "")), want: well("", "", 0, once)},
	"a line of 2 MB":     {rules: play(fault("long_line", "", 2, "")), want: well("", "", 0, once)},
	"thinking aloud":     {rules: play(fake.Rule{Fault: "reasoning", Tokens: 30}), want: said("stop q+130", "whole", llm.Stop, "$0.00036")},
	"half of the length": {rules: play(fault("undershoot", "", 0, "")), want: said("stop q+44", "whole[:175]", llm.Stop, "$0.000188")},
	"twice the length":   {rules: play(fault("overshoot", "", 0, "")), want: said("stop q+201", "Ærøer … of 802", llm.Stop, "$0.000502")},
	"a loop":             {rules: play(fault("loop", "", 0, "")), want: said("length q+500", "Ærøer … of 2000", llm.Length, "$0.0011")},
}

var jsonCases = map[string]stackCase{
	"JSON":                      {ask: planned, want: said("stop q+11", plan, llm.Stop, "$0.000122")},
	"JSON in a fence":           {ask: planned, rules: play(fault("bad_json", "fenced", 0, "")), want: said("stop q+14", plan, llm.Stop, "$0.000128")},
	"JSON and a comma":          {ask: planned, rules: play(fault("bad_json", "trailing_comma", 0, "")), want: said("stop q+11", plan, llm.Stop, "$0.000122")},
	"JSON in single quotes":     {ask: planned, rules: play(fault("bad_json", "single_quotes", 0, "")), want: said("stop q+11", plan, llm.Stop, "$0.000122")},
	"JSON amid prose":           {ask: planned, rules: play(fault("bad_json", "prose", 0, "")), want: said("stop q+31", plan, llm.Stop, "$0.000162")},
	"JSON that is cut":          {ask: planned, rules: play(fault("bad_json", "cut", 0, "1")), want: mended("stop q+6")},
	"JSON of another enum":      {ask: planned, rules: play(fault("bad_json", "wrong_enum", 0, "1")), want: mended("stop q+13")},
	"JSON of another type":      {ask: planned, rules: play(fault("bad_json", "wrong_type", 0, "1")), want: mended("stop q+10")},
	"JSON that lacks something": {ask: planned, rules: play(fault("bad_json", "missing_field", 0, "1")), want: mended("stop q+7")},
	"no JSON":                   {ask: planned, rules: play(fault("bad_json", "not_json", 0, "1")), want: mended("stop q+25")},
	"no JSON but from another": {
		ask: planned, rules: play(fault("bad_json", "not_json", 0, "")), second: spare,
		want: ending{Calls: "stop×2 b:stop", Tries: "stop q+25, stop q'+25, b:stop q+11", Text: plan, Finish: llm.Stop, Cost: "billed", Kept: true},
	},
	"no JSON at all": {
		ask: planned, rules: play(fault("bad_json", "not_json", 0, "")), second: play(fault("bad_json", "cut", 0, "")),
		want: ending{Calls: "stop×2 b:stop", Tries: "stop q+25, stop q'+25, b:stop q+6", Text: plan[:24], Finish: llm.Stop, Class: llm.BadJSON, Cost: "billed"},
	},
	"no JSON from the only one": {
		ask: planned, rules: play(fault("bad_json", "missing_field", 0, "")),
		want: ending{Calls: "stop×3", Tries: "stop q+7, stop q'+7, stop q+7", Text: `{"title":"Salt","words":12}`, Finish: llm.Stop, Class: llm.BadJSON, Cost: "billed"},
	},
	"no JSON, then an outage": {
		ask: planned, rules: play(fault("bad_json", "not_json", 0, "1"), refuse(500, "2")),
		want: ending{Calls: "stop 500 stop", Tries: "stop q+25, overloaded, stop q'+11", Waited: wait1, Text: plan, Finish: llm.Stop, Cost: "billed", Kept: true},
	},
	"JSON without a word":    {ask: planned, rules: play(fault("empty", "", 0, "1")), want: mended("stop q+0")},
	"JSON cut by its length": {ask: planned, rules: play(fake.Rule{Fault: "length", Tokens: 4}), want: said("length q+4", plan[:16], llm.Length, "$0.000108")},
}

// mended is JSON after one call for a repair.
func mended(first string) ending {
	return ending{Calls: "stop×2", Tries: first + ", stop q'+11", Text: plan, Finish: llm.Stop, Cost: "billed", Kept: true}
}

var refusalCases = map[string]stackCase{
	"a refusal that softer words mend": {
		rules: play(fault("refusal", "", 0, "1")),
		want:  ending{Calls: "refused stop", Tries: "refused q+11, stop q'+100", Text: "whole", Finish: llm.Stop, Cost: "billed", Kept: true},
	},
	"a refusal that another does not share": {
		rules: play(fault("refusal", "", 0, "")), second: spare,
		want: ending{Calls: "refused×2 b:stop", Tries: "refused q+11, refused q'+11, b:stop q+100", Text: "whole", Finish: llm.Stop, Cost: "billed", Kept: true},
	},
	"a refusal by all": {
		rules: play(fault("refusal", "filter", 3, "")), second: play(fault("refusal", "", 0, "")),
		want: ending{Calls: "refused×2 b:refused×2", Tries: "refused q+6, refused q'+6, b:refused q+11, b:refused q'+11", Text: "whole[:24]", Finish: llm.Refused, Cost: "billed", Kept: true},
	},
	"a question that is blocked": {
		rules: play(fault("refusal", "filter", 0, "1")),
		want:  ending{Calls: "refused stop", Tries: "refused q+0, stop q'+100", Text: "whole", Finish: llm.Stop, Cost: "billed", Kept: true},
	},
	"a refusal, then an outage, then another": {
		rules: play(fault("refusal", "", 0, "1"), refuse(503, "")), second: spare,
		want: ending{Calls: "refused 503×5 b:stop", Tries: "refused q+11, overloaded×5, b:stop q+100", Waited: wait4, Text: "whole", Finish: llm.Stop, Cost: "billed", Kept: true},
	},
}

var leaveCases = map[string]stackCase{
	"left in the midst": {
		rules: play(fault("stall", "", 3, "")), second: spare, leaves: time.Second,
		want: gone(llm.Canceled, "left", "canceled q+6~", time.Second, "whole[:24]", "$0.000112"),
	},
	"left in a drip": {
		rules: play(fake.Rule{Fault: "slow_drip", Delay: fake.Duration(time.Second)}), leaves: 3500 * time.Millisecond,
		want: gone(llm.Canceled, "left", "canceled q+6~", 3500*time.Millisecond, "whole[:24]", "$0.000112"),
	},
	"left before the headers": {
		rules: play(fake.Rule{Fault: "slow_headers", Delay: fake.Duration(24 * time.Hour)}), leaves: time.Second,
		want: gone(llm.Canceled, "left", "canceled q+0~", time.Second, "", "$0.0001"),
	},
	"left while it waits to try again": {
		rules: play(wait(40*time.Second, "")), second: spare, leaves: time.Second,
		want: gone(llm.Canceled, "429", "rate_limited", time.Second, "", "$0.00"),
	},
	"left in the second try": {
		rules: play(fault("cut", "", 3, "1"), fault("stall", "", 5, "2")), leaves: time.Second,
		want: gone(llm.Canceled, "broken left", "truncated q+6~, canceled q+10~", time.Second, "whole[:40]", "$0.000232"),
	},
	"left in a repair": {
		ask: planned, rules: play(fault("bad_json", "cut", 0, "1"), fault("stall", "", 0, "2")), second: spare, leaves: time.Second,
		want: gone(llm.Canceled, "stop left", "stop q+6, canceled q'+0~", time.Second, "", "billed"),
		but:  on(fake.Messages, func(e *ending) { e.Tries = "stop q+6, canceled q'+1~" }),
	},
	"left while the other writes": {
		rules: play(refuse(401, "")), second: play(fault("stall", "", 3, "")), leaves: time.Second,
		want: gone(llm.Canceled, "401 b:left", "auth, b:canceled q+6~", time.Second, "whole[:24]", "$0.000112"),
	},
}

// A question of a hundred tokens that nobody has weighed yet is taken for up to
// 165, each written to the dearest cache; with an answer of 500 it may cost
// 1,330 millionths.
var budgetCases = map[string]stackCase{
	"a budget that is just enough": {most: 1330, want: well("", "", 0, once)},
	"a budget that lacks a millionth": {
		most: 1329, second: spare, want: gone(llm.OverBudget, "", "", 0, "", "$0.00"),
	},
	"a budget that does not pay another try": {
		rules: play(fault("cut", "", 3, "1")), most: 1441, second: spare,
		want: gone(llm.OverBudget, "broken", "truncated q+6~", wait1, "whole[:24]", "$0.000112"),
	},
	"a budget that just pays another try": {
		rules: play(fault("cut", "", 3, "1")), most: 1442, want: well("broken", "truncated q+6~", wait1, brokeOnce),
	},
	"a budget that pays every try that costs nothing": {
		rules: play(refuse(500, "1-4")), most: 1330, want: well("500×4", "overloaded×4", wait4, once),
	},
	"a budget that does not pay a repair": {
		ask: planned, rules: play(fault("bad_json", "cut", 0, "1")), most: 1500, second: spare,
		want: gone(llm.OverBudget, "stop", "stop q+6", 0, "", "$0.000112"),
	},
}
