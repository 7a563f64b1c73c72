package llm

// relay gives out the chunks of several calls as one stream: when a call begins
// after something was said, its first chunk voids that.
type relay struct {
	on   func(Chunk) error
	said bool  // something was given out that still stands
	void bool  // a new call began since
	err  error // what on failed with; the caller wants no more
}

// next begins a call.
func (y *relay) next() { y.void = y.said }

// to is the listener for a call, nil if nobody listens.
func (y *relay) to() func(Chunk) error {
	if y.on == nil {
		return nil
	}
	return y.take
}

func (y *relay) take(c Chunk) error {
	c.Again = c.Again || y.void
	y.said, y.void = true, false
	y.err = y.on(c)
	return y.err
}
