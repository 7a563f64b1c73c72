package fake

import (
	"errors"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"quire/llm"
)

// errGone ends an answer that nobody waits for any more.
var errGone = errors.New("the client left or the server closed")

// words divides a text into the chunks of a stream.
func words(text string) []string {
	if text == "" {
		return nil
	}
	return strings.SplitAfter(text, " ")
}

// stream says an answer as server-sent events.
func (v *visit) stream(a *answer) {
	h := v.w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	v.call.Status = http.StatusOK
	v.w.WriteHeader(http.StatusOK)
	err := http.NewResponseController(v.w).Flush()
	if err == nil {
		err = v.play(a)
	}
	if err != nil {
		v.call.Outcome = left
		v.call.Usage.Output = min(v.call.Usage.Output, a.said)
	}
}

// play sends the frames of an answer, with what the rule does in their midst.
func (v *visit) play(a *answer) error {
	if err := v.write(v.d.head(a)...); err != nil {
		return err
	}
	list := words(a.text)
	after := min(v.rule.After, len(list))
	length := 0
	for i, word := range list {
		if i == after && v.interrupts() {
			return v.interrupt(a)
		}
		if !v.s.wait(v.r, v.beat()) {
			return errGone
		}
		length += len(word)
		a.said = (length + 3) / 4
		f := v.d.piece(a, word)
		if i == after {
			v.pad(f.data)
		}
		if err := v.write(f); err != nil {
			return err
		}
	}
	if after == len(list) && v.interrupts() {
		return v.interrupt(a)
	}
	v.call.Outcome = string(a.finish)
	v.note()
	return v.write(v.d.tail(a)...)
}

// beat is how long a chunk of text lets wait for it.
func (v *visit) beat() time.Duration {
	if v.rule.Fault == "slow_drip" {
		return time.Duration(v.rule.Delay)
	}
	if v.s.Pace > 0 {
		return time.Second / time.Duration(v.s.Pace)
	}
	return 0
}

// write sends frames at once.
func (v *visit) write(list ...frame) error {
	newline := "\n"
	if v.d == dialect(generate{}) {
		newline = "\r\n" // as Google does
	}
	for _, f := range list {
		if err := v.flush(f.encode(newline)); err != nil {
			return err
		}
	}
	return nil
}

// flush sends bytes, in two writes if the rule wants it.
func (v *visit) flush(text []byte) error {
	rc := http.NewResponseController(v.w)
	for len(text) > 0 {
		n := len(text)
		if v.rule.Fault == "split_utf8" {
			n = parting(text)
		}
		if _, err := v.w.Write(text[:n]); err != nil {
			return errGone
		}
		if err := rc.Flush(); err != nil {
			return errGone
		}
		text = text[n:]
	}
	return nil
}

// parting is where to divide a text: behind the first byte of its first letter
// that has more, or in its middle if the letters have one each.
func parting(text []byte) int {
	for i, b := range text {
		if b >= utf8.RuneSelf {
			if i == 0 && !utf8.RuneStart(b) {
				return len(text) // the rest of a divided letter
			}
			return i + 1
		}
	}
	return (len(text) + 1) / 2
}

// usualLine is the size of a long line.
const usualLine = 2 << 20

// pad makes an event long.
func (v *visit) pad(data obj) {
	if v.rule.Fault != "long_line" {
		return
	}
	n := v.rule.Bytes
	if n == 0 {
		n = usualLine
	}
	data["obfuscation"] = strings.Repeat("x", n)
}

func (v *visit) interrupts() bool {
	switch v.rule.Fault {
	case "stall", "cut", "clean_end", "error_event":
		return true
	default:
		return false
	}
}

// interrupt breaks a stream off.
func (v *visit) interrupt(a *answer) error {
	v.call.Usage.Output = min(v.call.Usage.Output, a.said)
	v.call.Outcome = broken
	v.note()
	switch v.rule.Fault {
	case "stall":
		return v.stall()
	case "cut":
		v.cut()
	case "error_event":
		return v.write(v.d.broken(v.errorForm(), v.id))
	}
	return nil
}

func (v *visit) errorForm() string {
	if v.rule.Form == "" {
		return "overloaded"
	}
	return v.rule.Form
}

// stall waits until the client leaves or the server closes.
func (v *visit) stall() error {
	if err := http.NewResponseController(v.w).Flush(); err != nil {
		return errGone
	}
	select {
	case <-v.r.Context().Done():
	case <-v.s.done:
	}
	return errGone
}

// cut closes the connection under the answer.
func (v *visit) cut() {
	if v.rule.Form == "reset" {
		conn, _, err := http.NewResponseController(v.w).Hijack()
		if err == nil {
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0) // a socket that is closed already needs no reset
			}
			_ = conn.Close() // nobody is left to be told
			return
		}
	}
	panic(http.ErrAbortHandler)
}

// whole says an answer that is no stream; plain is Google's array.
func (v *visit) whole(a *answer, plain bool) {
	if !v.s.wait(v.r, v.beat()*time.Duration(len(words(a.text)))) {
		v.call.Outcome = left
		return
	}
	if v.rule.Fault == "error_event" {
		v.refuse(refusal{status: map[string]int{"overloaded": http.StatusServiceUnavailable, "rate_limit": http.StatusTooManyRequests, "api": http.StatusInternalServerError}[v.errorForm()],
			message: "The answer could not be finished."})
		return
	}
	data := v.d.whole(a)
	v.pad(data)
	body := encode(data)
	if plain {
		body = append(append([]byte("["), body...), ']')
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.call.Status, v.call.Outcome = http.StatusOK, string(a.finish)
	if !v.interrupts() {
		v.note()
		if v.flush(body) != nil {
			v.call.Outcome = left
		}
		return
	}
	v.call.Outcome = broken
	v.call.Usage.Output = min(v.call.Usage.Output, llm.Tokens(string(body[:len(body)/2])))
	v.note()
	switch err := v.flush(body[:len(body)/2]); {
	case err != nil:
		v.call.Outcome = left
	case v.rule.Fault == "stall":
		_ = v.stall() // however it ends, there is no more to say
		v.call.Outcome = left
	case v.rule.Fault == "cut":
		v.cut()
	}
}
