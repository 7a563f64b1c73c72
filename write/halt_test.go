package write

import (
	"context"
	"testing"
	"testing/synctest"

	"quire/problem"
)

func TestABookHaltsWhenTheCallsUnderWayHaveEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c calls
		for range 2 {
			if err := c.begin("bk_a"); err != nil {
				t.Fatal(err)
			}
		}
		halted := make(chan struct{})
		go func() {
			defer close(halted)
			c.halt(t.Context(), "bk_a")
		}()
		synctest.Wait()
		if err := c.begin("bk_a"); !problem.Is(err, problem.Canceled) {
			t.Errorf("a call of a book that halts began (%v)", err)
		}
		if err := c.begin("bk_b"); err != nil {
			t.Errorf("a call of another book did not begin: %v", err)
		}
		c.end("bk_a")
		synctest.Wait()
		select {
		case <-halted:
			t.Error("the book halted in the midst of a call")
		default:
		}
		c.end("bk_a")
		<-halted
		c.allow("bk_a")
		if err := c.begin("bk_a"); err != nil {
			t.Errorf("a book that goes on may not ask: %v", err)
		}
	})
}

func TestAHaltWaitsNoLongerThanItsContext(t *testing.T) {
	var c calls
	if err := c.begin("bk_a"); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	c.halt(ctx, "bk_a")
}
