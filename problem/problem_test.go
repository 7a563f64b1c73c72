package problem_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"quire/problem"
)

func TestTheOutermostProblemSpeaks(t *testing.T) {
	inner := problem.New(problem.Missing, "no book %d", 7)
	outer := problem.New(problem.Conflict, "taken").Because(fmt.Errorf("save: %w", inner)).Try("wait %s", "a while").After(time.Second)
	for name, tt := range map[string]struct {
		err    error
		kind   problem.Kind
		detail string
	}{
		"plain":          {inner, problem.Missing, "no book 7"},
		"wrapped":        {fmt.Errorf("open: %w", inner), problem.Missing, "no book 7"},
		"one in another": {outer, problem.Conflict, "taken"},
		"unsorted":       {errors.New("x"), problem.Internal, "something went wrong inside quire"},
		"stopped":        {fmt.Errorf("call: %w", context.Canceled), problem.Canceled, "the work was stopped"},
		"too long":       {context.DeadlineExceeded, problem.Unavailable, "the work took too long"},
	} {
		p := problem.Of(tt.err)
		if p.Kind != tt.kind || p.Detail != tt.detail || !problem.Is(tt.err, tt.kind) {
			t.Errorf("%s: %s %q, want %s %q", name, p.Kind, p.Detail, tt.kind, tt.detail)
		}
	}
	if outer.Hint != "wait a while" || outer.Wait != time.Second || outer.Error() != "taken: save: no book 7" {
		t.Errorf("the problem is %+v: %v", outer, outer)
	}
	if problem.Of(nil) != nil || problem.Is(nil, problem.Internal) {
		t.Error("no failure is no problem")
	}
	if inner.Hint != "" || inner.Error() != "no book 7" {
		t.Error("deriving a problem changed the one it came from")
	}
}

func TestADetailWithoutArgumentsIsTakenAsItIs(t *testing.T) {
	if d := problem.New(problem.Invalid, "100 % sure").Try("50 % less").Detail; d != "100 % sure" {
		t.Errorf("detail %q", d)
	}
}
