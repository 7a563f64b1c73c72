package fake

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"quire/llm"
)

// visit is one request and its answer.
type visit struct {
	s       *Server
	w       http.ResponseWriter
	r       *http.Request
	d       dialect
	id      string
	call    Call
	rule    Rule // what is played on it; Fault is "" if nothing is
	release func(used llm.Usage)
	noted   *Call // as the log has it
}

// begin opens the visit; end must follow.
func (s *Server) begin(w http.ResponseWriter, r *http.Request, route Route, d dialect) *visit {
	v := &visit{s: s, w: w, r: r, d: d, id: s.log.next()}
	v.call = Call{ID: v.id, At: time.Now(), Route: route, Path: r.URL.Path, Header: hide(r.Header)}
	switch d.(type) {
	case chat:
		w.Header().Set("X-Request-Id", "req_"+v.id)
	case messages:
		w.Header().Set("Request-Id", "req_"+v.id)
	}
	return v
}

// end writes the visit down, also when it is cut off.
func (v *visit) end() {
	if v.release != nil {
		used := v.call.Usage
		if v.call.Route != Messages {
			used.CachedRead = 0 // only Anthropic leaves it out of the limits
		}
		v.release(used)
	}
	v.note()
}

// note brings the log up to date.
func (v *visit) note() {
	v.call.Took = time.Since(v.call.At)
	v.s.log.note(v.noted, v.call, v.s.Remember)
	noted := v.call
	v.noted = &noted
}

// admit looks at the key.
func (v *visit) admit() bool {
	given := v.d.key(v.r)
	if len(v.s.Keys) == 0 {
		return true
	}
	for _, key := range v.s.Keys {
		if key == given {
			return true
		}
	}
	v.refuse(v.d.noKey(given))
	return false
}

// question notes what is asked.
func (v *visit) question(q question) {
	v.call.Stream, v.call.Model = q.stream, q.model
	v.call.Role, v.call.Artefact, v.call.Attempt = q.request.Role, q.request.Artefact, q.request.Attempt
	v.call.Key = Key(q.request)
	v.note()
}

// say sends a whole body as JSON.
func (v *visit) say(status int, body obj) {
	v.w.Header().Set("Content-Type", "application/json")
	v.send(status, encode(body))
}

// send sends a whole body.
func (v *visit) send(status int, body []byte) {
	v.call.Status = status
	v.note()
	v.w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	v.w.WriteHeader(status)
	if _, err := v.w.Write(body); err != nil {
		v.call.Outcome = left
	}
}

// What becomes of a call, beside the finish of its answer.
const (
	left   = "left"   // the client went, or the server closed
	broken = "broken" // cut off, or ended without its terminator
)

// refuse answers with an error in the provider's shape.
func (v *visit) refuse(f refusal) {
	v.call.Outcome = strconv.Itoa(f.status)
	h := v.w.Header()
	switch {
	case f.wait <= 0:
	case f.as == "ms":
		h.Set("Retry-After-Ms", strconv.FormatInt(f.wait.Milliseconds(), 10))
	case f.as == "date":
		h.Set("Retry-After", time.Now().Add(f.wait+time.Second-1).UTC().Format(http.TimeFormat))
	case f.as == "seconds" || f.as == "":
		h.Set("Retry-After", strconv.FormatInt(int64((f.wait+time.Second-1)/time.Second), 10))
	}
	v.say(f.status, v.d.failure(f, v.id))
}

// answer asks the author and plays what comes of it.
func (v *visit) answer(q question) {
	if rule, ok := v.s.cues.pick(v.s.Script, v.call.Route, q); ok {
		v.rule, v.call.Fault = rule, rule.Fault
	}
	if v.turnedAway() {
		return
	}
	account := v.d.key(v.r)
	release, allowed, over := v.s.meters.admit(account, v.s.Limits, q.request)
	if over != nil {
		v.d.allowed(v.w.Header(), allowed)
		v.refuse(v.over(*over, q.model))
		return
	}
	v.release = release
	v.d.allowed(v.w.Header(), allowed)
	res, err := v.s.write(v.r, q)
	switch {
	case v.r.Context().Err() != nil:
		v.call.Outcome = left
		return
	case err != nil:
		v.refuse(failed(err))
		return
	}
	a := &answer{id: v.id, at: v.call.At, model: v.s.Author.Caps().Model, text: res.Text, finish: res.Finish, asked: q.usage}
	a.spoil(v.rule, q.request)
	a.usage = v.s.cache.read(v.call.Route, account, q)
	a.usage.Reasoning = llm.Tokens(a.thoughts)
	a.usage.Output = llm.Tokens(a.text) + llm.Tokens(a.no) + a.usage.Reasoning
	v.call.Usage = a.usage
	if q.stream && !q.plain {
		v.stream(a)
		return
	}
	v.whole(a, q.plain)
}

// turnedAway plays the faults that come before any answer.
func (v *visit) turnedAway() bool {
	switch v.rule.Fault {
	case "slow_headers":
		if !v.s.wait(v.r, time.Duration(v.rule.Delay)) {
			v.call.Outcome = left
			return true
		}
		return false
	case "html":
		v.html(v.rule.Status)
	case "quota":
		v.refuse(v.d.noCredit())
	case "status":
		v.refuse(v.scripted())
	default:
		return false
	}
	return true
}

// html answers as a proxy that cannot reach its server.
func (v *visit) html(status int) {
	if status == 0 {
		status = http.StatusBadGateway
	}
	v.call.Outcome = strconv.Itoa(status)
	v.w.Header().Set("Content-Type", "text/html")
	name := fmt.Sprintf("%d %s", status, http.StatusText(status))
	v.send(status, []byte("<html>\r\n<head><title>"+name+"</title></head>\r\n<body>\r\n<center><h1>"+name+"</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"))
}

// sentences are what providers say with a status.
var sentences = map[int]string{
	http.StatusBadRequest: "the request is not valid", http.StatusUnauthorized: "the key is not valid", http.StatusPaymentRequired: "Insufficient Balance",
	http.StatusForbidden: "your key may not do this", http.StatusNotFound: "there is no such model", http.StatusRequestEntityTooLarge: "the request is too large",
	http.StatusTooManyRequests: "Rate limit reached. Please try again later.", http.StatusInternalServerError: "Internal server error",
	http.StatusServiceUnavailable: "The service is overloaded. Please try again later.", http.StatusGatewayTimeout: "Deadline expired before the answer was complete.", statusOverloaded: "Overloaded",
}

// scripted is the refusal of a rule.
func (v *visit) scripted() refusal {
	f := refusal{status: v.rule.Status, message: sentences[v.rule.Status], wait: time.Duration(v.rule.Wait), as: v.rule.WaitAs}
	switch f.status {
	case http.StatusUnauthorized:
		f = v.d.noKey("wrong-key-that-was-given")
		f.status = http.StatusUnauthorized
	case http.StatusNotFound:
		f = v.d.noModel(v.call.Model)
	case http.StatusTooManyRequests:
		f.code = "rate_limit_exceeded"
		if _, google := v.d.(generate); google {
			f.message = "Resource has been exhausted (e.g. check quota)."
		}
	case http.StatusForbidden:
		f.kind, f.code = "request_forbidden", "unsupported_country_region_territory"
	}
	if f.message == "" {
		f.message = http.StatusText(f.status)
	}
	return f
}
