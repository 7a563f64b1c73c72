package llm

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"quire/book"
)

// Purse pays for calls: it holds the budgets of books and one for all of them.
// What is spent and what calls under way may cost together never exceed either.
// It must not be copied, and is safe for concurrent use. Set the fields before
// the first call.
type Purse struct {
	// Cap is the budget of a book; a book that is not capped may cost anything. It
	// is asked before each call, so that a budget can be raised. nil caps none.
	Cap func(ctx context.Context, book string) (most book.USD, capped bool, err error)
	// Total is the budget of all calls that the purse has paid, of all books; nil
	// is no cap.
	Total *book.USD
	// Records say what a book has cost before the purse first hears of it; from then
	// on the purse counts. nil is nothing.
	Records Tries
	// Warn is called once for each book when four fifths of its budget are spent;
	// nil is nobody.
	Warn func(ctx context.Context, book string, spent, most book.USD)

	mu    sync.Mutex
	all   account
	books map[string]*account
	queue []*claim // oldest first
}

// account is a budget and what was taken from it.
type account struct {
	most     book.USD
	capped   bool
	spent    book.USD
	reserved book.USD // by calls under way
	warned   bool
	opened   chan struct{} // closed when spent was read, or could not be
	err      error         // why it could not
}

// claim is a call that waits for its reservation.
type claim struct {
	account *account
	model   string
	need    book.USD
	answer  chan error // holds one
}

// hold is the reservation of a call under way.
type hold struct {
	purse   *Purse
	account *account
	book    string
	model   string
	most    Cost     // of one reservation
	amount  book.USD // reserved now
	settled Cost     // of tries before the present one
}

// Spending is what a purse knows of a book.
type Spending struct {
	Spent    book.USD
	Reserved book.USD // by calls under way
	Waiting  int      // calls of all books that wait for others to settle
}

// State says what is spent and reserved of a book now, as far as the purse has
// heard of it.
func (p *Purse) State(id string) Spending {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := Spending{Waiting: len(p.queue)}
	if a := p.books[id]; a != nil {
		s.Spent, s.Reserved = a.spent, a.reserved
	}
	return s
}

// warnAt is the percentage of a budget at which its owner is warned.
const warnAt = 80

// reserve takes the most that a call may cost out of the purse, waiting for calls
// under way if that can help.
func (p *Purse) reserve(ctx context.Context, id, model string, most Cost) (*hold, error) {
	a, err := p.open(ctx, id)
	if err != nil {
		return nil, err
	}
	h := &hold{purse: p, account: a, book: id, model: model, most: most, settled: Free}
	if err := h.take(ctx); err != nil {
		return nil, err
	}
	return h, nil
}

// open returns the account of a book with its present cap.
func (p *Purse) open(ctx context.Context, id string) (*account, error) {
	var most book.USD
	var capped bool
	if p.Cap != nil && id != "" {
		var err error
		if most, capped, err = p.Cap(ctx, id); err != nil {
			return nil, fmt.Errorf("budget of book %s: %w", id, err)
		}
	}
	for {
		a, found := p.find(id, most, capped)
		if !found {
			p.read(ctx, id, a)
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("budget of book %s: %w", id, ctx.Err())
		case <-a.opened:
		}
		switch {
		case a.err == nil:
			return a, nil
		case !found:
			return nil, fmt.Errorf("cost of book %s so far: %w", id, a.err)
		}
	}
}

// find returns the account of a book, or a new one that is still to be read.
func (p *Purse) find(id string, most book.USD, capped bool) (a *account, found bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.Total != nil {
		p.all.most, p.all.capped = *p.Total, true
	}
	a, found = p.books[id]
	if !found {
		a = &account{opened: make(chan struct{})}
		if p.books == nil {
			p.books = map[string]*account{}
		}
		p.books[id] = a
	}
	a.most, a.capped = most, capped
	return a, found
}

// read opens an account with what the book has cost so far. If that cannot be
// known, the next in line tries again.
func (p *Purse) read(ctx context.Context, id string, a *account) {
	var spent book.USD
	var err error
	if p.Records != nil && id != "" {
		spent, err = p.Records.Spent(ctx, id)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if a.spent, a.err = spent, err; err != nil {
		delete(p.books, id)
	}
	close(a.opened)
}

// take reserves for one try.
func (h *hold) take(ctx context.Context) error {
	p, a := h.purse, h.account
	p.mu.Lock()
	if !h.most.Known && (a.capped || p.all.capped) {
		p.mu.Unlock()
		return overBudget("set a price for the model in the configuration, or run without a budget",
			"the price of %s is unknown, so no budget can be kept", h.model)
	}
	c := &claim{account: a, model: h.model, need: h.most.USD, answer: make(chan error, 1)}
	p.queue = append(p.queue, c)
	p.serve()
	p.mu.Unlock()
	select {
	case err := <-c.answer:
		if err == nil {
			h.amount = c.need
			h.warn(ctx)
		}
		return err
	case <-ctx.Done():
		return p.withdraw(ctx, c)
	}
}

// withdraw takes back a claim whose owner has left. What was granted meanwhile
// is given back.
func (p *Purse) withdraw(ctx context.Context, c *claim) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at := slices.Index(p.queue, c); at >= 0 {
		p.queue = slices.Delete(p.queue, at, at+1)
	} else if err := <-c.answer; err == nil {
		c.account.reserved -= c.need
		p.all.reserved -= c.need
	}
	p.serve()
	return fmt.Errorf("waiting for the budget: %w", ctx.Err())
}

// serve answers all claims that can be answered, in order of arrival. A claim
// that waits for its own book holds back that book only, one that waits for the
// budget of all holds back everybody: neither is passed over by smaller ones.
// Whoever waits, waits for a call under way, whose end serves again.
func (p *Purse) serve() {
	held := map[*account]bool{}
	all := false
	p.queue = slices.DeleteFunc(p.queue, func(c *claim) bool {
		own, total := c.account.verdict(c.need), p.all.verdict(c.need)
		switch {
		case own == payNever:
			c.answer <- c.account.over(c, "this book")
		case total == payNever:
			c.answer <- p.all.over(c, "all books together")
		case own == payLater || held[c.account]:
			held[c.account] = true
			return false
		case total == payLater || all:
			all = true
			return false
		default:
			c.account.reserved += c.need
			p.all.reserved += c.need
			c.answer <- nil
		}
		return true
	})
}

// verdict is what an account says to a claim.
type verdict int

// The verdicts: there is room, there may be room when calls under way have cost
// less than they may, or there never will be.
const (
	payNow verdict = iota
	payLater
	payNever
)

func (a *account) verdict(need book.USD) verdict {
	left := a.most - a.spent
	switch {
	case !a.capped || need <= left-a.reserved:
		return payNow
	case need <= left:
		return payLater
	default:
		return payNever
	}
}

// over is the fault of a claim that will never fit.
func (a *account) over(c *claim, whose string) *Fault {
	if a.most <= 0 {
		return overBudget("give a higher --budget, or use a free model such as the built-in author",
			"the budget of %s is %s, and %s costs money", whose, a.most, c.model)
	}
	return overBudget("go on with a higher --budget, or with a cheaper model",
		"the budget of %s is %s, of which %s is spent: the next call to %s may cost %s", whose, a.most, a.spent, c.model, c.need)
}

// again settles the tries so far and reserves for a further one. Nothing is held
// while it waits, so that two calls never wait for each other.
func (h *hold) again(ctx context.Context, cost Cost) error {
	h.pay(ctx, h.part(cost))
	h.settled = cost
	return h.take(ctx)
}

// settle ends the call, whose tries together have cost so much.
func (h *hold) settle(ctx context.Context, cost Cost) { h.pay(ctx, h.part(cost)) }

// part is what the present reservation has to pay of the cost of all tries.
func (h *hold) part(cost Cost) book.USD {
	used := max(cost.USD-h.settled.USD, 0)
	if !cost.Known {
		return max(used, h.amount)
	}
	return used
}

// pay replaces the reservation by what was used.
func (h *hold) pay(ctx context.Context, used book.USD) {
	p := h.purse
	p.mu.Lock()
	for _, a := range []*account{h.account, &p.all} {
		a.reserved -= h.amount
		a.spent += used
	}
	h.amount = 0
	p.serve()
	p.mu.Unlock()
	h.warn(ctx)
}

// warn tells the owner of the book once that most of the budget is spent.
func (h *hold) warn(ctx context.Context) {
	p, a := h.purse, h.account
	p.mu.Lock()
	spent, most := a.spent, a.most
	due := p.Warn != nil && a.capped && !a.warned && most > 0 && spent >= most/100*warnAt
	a.warned = a.warned || due
	p.mu.Unlock()
	if due {
		p.Warn(context.WithoutCancel(ctx), h.book, spent, most)
	}
}
