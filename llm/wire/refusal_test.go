package wire

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"quire/llm"
	"quire/problem"
)

// The bodies with which providers refuse, cut down to what counts.
const (
	openaiWrongKey  = `{"error":{"message":"Incorrect API key provided: sk-test-*****************CRET. You can find your API key at …","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}`
	openaiNoQuota   = `{"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}`
	openaiLimit     = `{"error":{"message":"Rate limit reached for anvil-1 in organization org-x on requests per min.","type":"requests","param":null,"code":"rate_limit_exceeded"}}`
	openaiNoModel   = `{"error":{"message":"The model 'anvil-1' does not exist or you do not have access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}`
	openaiNoPath    = `{"error":{"message":"Invalid URL (POST /chat/completions)","type":"invalid_request_error","param":null,"code":null}}`
	openaiLong      = `{"error":{"message":"This model's maximum context length is 8192 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}`
	openaiBad       = `{"error":{"message":"Unsupported value: 'temperature'","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}`
	anthropicKey    = `{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"},"request_id":"req_1"}`
	anthropicRight  = `{"type":"error","error":{"type":"permission_error","message":"Your API key does not have permission"}}`
	anthropicCredit = `{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}}`
	anthropicLimit  = `{"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit"}}`
	anthropicModel  = `{"type":"error","error":{"type":"not_found_error","message":"model: anvil-1"}}`
	anthropicLong   = `{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}`
	anthropicLarge  = `{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}}`
	anthropicBusy   = `{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}`
	googleKey       = `{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}`
	googleNoKey     = `{"error":{"code":403,"message":"Method doesn't allow unregistered callers.","status":"PERMISSION_DENIED"}}`
	googleLimit     = `{"error":{"code":429,"message":"Resource has been exhausted","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel"}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34.5s"}]}}`
	googleDaily     = `{"error":{"code":429,"message":"You exceeded your current quota","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},{"retryDelay":"34s"}]}}`
	googleModel     = `{"error":{"code":404,"message":"models/anvil-1 is not found for API version v1beta","status":"NOT_FOUND"}}`
	googleLong      = `{"error":{"code":400,"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}`
	googleBusy      = `{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}`
	routerModel     = `{"error":{"message":"anvil-1 is not a valid model ID","code":400}}`
	ollamaModel     = `{"error":{"message":"model \"anvil-1\" not found, try pulling it first","type":"api_error","param":null,"code":null}}`
	ollamaOld       = `{"error":"model 'anvil-1' not found"}`
	vllmBad         = `{"object":"error","message":"bad","type":"BadRequestError","param":null,"code":400}`
	llamaLong       = `{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}}`
	fastNotFound    = `{"detail":"Not Found"}`
	deepseekBroke   = `{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}`
	webPage         = `<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>`
)

func TestARefusalSaysWhoAndWhatToDo(t *testing.T) {
	const (
		retry    = "try again in a few minutes, or use another provider"
		checkKey = "check ACME_API_KEY; quire config shows the last characters of the key in use"
		address  = "look at ACME_BASE_URL, above all at its path"
		models   = "choose another model; quire models lists those that are known here"
	)
	type header = map[string]string
	limit := func(wait time.Duration) want {
		return want{llm.RateLimited, wait, "Acme is over its limit of requests or tokens a minute", "wait a little, or set a lower limit for the provider"}
	}
	failing := func(wait time.Duration) want {
		return want{llm.Overloaded, wait, "Acme is failing at the moment", retry}
	}
	auth := want{llm.Auth, 0, "Acme refused the key", checkKey}
	right := want{llm.Auth, 0, "Acme does not let this key use the model anvil-1", "choose another model, or give the key the right to it; " + checkKey}
	quota := want{llm.Quota, 0, "the account at Acme has no credit left", "add credit there, or use another provider"}
	unknown := want{llm.Bad, 0, `Acme does not know the model "anvil-1"`, models}
	long := want{llm.Bad, 0, "the question is too long for anvil-1 of Acme", "use a model with a larger context"}
	bad := want{llm.Bad, 0, "Acme does not take this request for the model anvil-1", "use another model; quire models lists what each can do"}
	foreign := want{llm.Bad, 0, "what answers at the address of Acme is not the server of a model", address}
	page := want{llm.Bad, 0, "a web page came instead of an answer of Acme", "look at ACME_BASE_URL, and at the proxy if there is one"}
	gateway := want{llm.Overloaded, 0, "a web page came instead of an answer of Acme", "a proxy or gateway on the way is failing: try again in a few minutes, or look at it"}
	elsewhere := want{llm.Bad, 0, "the address of Acme sends on to another one, where the key is not sent", "set ACME_BASE_URL to the address itself, with the right http or https"}
	for name, tt := range map[string]struct {
		status int
		header header
		body   string
		want   want
	}{
		"wrong key at OpenAI":              {401, nil, openaiWrongKey, auth},
		"wrong key at Anthropic":           {401, nil, anthropicKey, auth},
		"wrong key at Google":              {400, nil, googleKey, auth},
		"wrong key, no words":              {401, nil, "", auth},
		"wrong key, a word":                {401, nil, "Unauthorized", auth},
		"a sign-in page":                   {401, nil, webPage, page},
		"no right, Anthropic":              {403, nil, anthropicRight, right},
		"no right, Google":                 {403, nil, googleNoKey, right},
		"no right, no words":               {403, nil, "", right},
		"a wall":                           {403, nil, webPage, page},
		"no credit, 402":                   {402, nil, deepseekBroke, quota},
		"no credit, 402 without words":     {402, nil, "", quota},
		"no credit, OpenAI":                {429, header{"Retry-After": "5"}, openaiNoQuota, quota},
		"no credit, Anthropic":             {400, nil, anthropicCredit, quota},
		"a day's share, Google":            {429, nil, googleDaily, want{llm.Quota, 0, "today's share of Acme is used up for this key", "go on tomorrow, raise the limit there, or use another provider"}},
		"unknown model, OpenAI":            {404, nil, openaiNoModel, unknown},
		"unknown model, Anthropic":         {404, nil, anthropicModel, unknown},
		"unknown model, Google":            {404, nil, googleModel, unknown},
		"unknown model, OpenRouter":        {400, nil, routerModel, unknown},
		"unknown model, Ollama":            {404, nil, ollamaModel, unknown},
		"unknown model, older Ollama":      {404, nil, ollamaOld, unknown},
		"unknown path, OpenAI":             {404, nil, openaiNoPath, foreign},
		"unknown path, others":             {404, nil, fastNotFound, foreign},
		"unknown path, a plain server":     {404, nil, "404 page not found\n", foreign},
		"unknown path, a web server":       {404, nil, webPage, page},
		"method not allowed":               {405, nil, "", foreign},
		"TLS expected":                     {400, nil, "Client sent an HTTP request to an HTTPS server.\n", foreign},
		"too long, OpenAI":                 {400, nil, openaiLong, long},
		"too long, Anthropic":              {400, nil, anthropicLong, long},
		"too long, Google":                 {400, nil, googleLong, long},
		"too long, llama.cpp":              {400, nil, llamaLong, long},
		"too large":                        {413, nil, anthropicLarge, long},
		"too large for a gateway":          {413, nil, webPage, long},
		"not taken, OpenAI":                {400, nil, openaiBad, bad},
		"not taken, vLLM":                  {400, nil, vllmBad, bad},
		"not taken, 422":                   {422, nil, `{"detail":[{"msg":"extra"}]}`, bad},
		"gave up waiting":                  {408, nil, "", want{llm.Timeout, 0, "Acme did not answer in time", retry}},
		"limit in seconds":                 {429, header{"Retry-After": "7"}, openaiLimit, limit(7 * time.Second)},
		"limit in parts of a second":       {429, header{"Retry-After": "0.5"}, openaiLimit, limit(500 * time.Millisecond)},
		"limit in milliseconds":            {429, header{"Retry-After-Ms": "1250", "Retry-After": "9"}, openaiLimit, limit(1250 * time.Millisecond)},
		"limit until a date":               {429, header{"Date": "Tue, 10 Nov 2026 10:00:00 GMT", "Retry-After": "Tue, 10 Nov 2026 10:01:30 GMT"}, anthropicLimit, limit(90 * time.Second)},
		"limit until a date gone by":       {429, header{"Date": "Tue, 10 Nov 2026 10:00:00 GMT", "Retry-After": "Tue, 10 Nov 2026 09:00:00 GMT"}, anthropicLimit, limit(0)},
		"limit with RetryInfo":             {429, nil, googleLimit, limit(34500 * time.Millisecond)},
		"limit without a word":             {429, nil, "", limit(0)},
		"limit of a gateway":               {429, header{"Retry-After": "3"}, webPage, limit(3 * time.Second)},
		"limit with a nonsense wait":       {429, header{"Retry-After": "soon"}, openaiLimit, limit(0)},
		"limit with a negative wait":       {429, header{"Retry-After": "-3"}, openaiLimit, limit(0)},
		"limit with an endless wait":       {429, header{"Retry-After": "1e300"}, openaiLimit, limit(7 * 24 * time.Hour)},
		"failing, 500":                     {500, nil, `{"error":{"message":"oops","type":"server_error"}}`, failing(0)},
		"failing, 503 with a wait":         {503, header{"Retry-After": "20"}, googleBusy, failing(20 * time.Second)},
		"failing, 529":                     {529, nil, anthropicBusy, failing(0)},
		"failing, 504 without words":       {504, nil, "", failing(0)},
		"failing, with words about models": {500, nil, `{"error":{"message":"invalid model state; context length"}}`, failing(0)},
		"a gateway's page":                 {502, nil, webPage, gateway},
		"a redirect":                       {307, header{"Location": "https://elsewhere.test/v1"}, "", elsewhere},
		"a redirect to nowhere":            {302, nil, "", elsewhere},
		"an unknown status":                {418, nil, "short and stout", foreign},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				for k, v := range tt.header {
					w.Header().Set(k, v)
				}
				w.Header().Set("Request-Id", "req_9")
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
			})
			head, err := s.Stream(t.Context(), "/", nil, &listener{})
			got := faultOf(err)
			if diff := cmp.Diff(tt.want, want{got.Class, problem.Of(err).Wait, got.Detail, got.Hint}); diff != "" {
				t.Errorf("fault of %v (-want +got):\n%s", err, diff)
			}
			if got.Status != tt.status || head.ID != "req_9" {
				t.Errorf("status %d, request %q", got.Status, head.ID)
			}
			hidesKey(t, err)
		})
	}
}

// want is a fault without its status.
type want struct {
	Class  llm.Class
	Wait   time.Duration
	Detail string
	Hint   string
}

func TestWhereNoKeyIsSetItIsSaid(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) })
	s.Key, s.Header, s.KeyName = "", nil, ""
	_, err := s.Stream(t.Context(), "/", nil, &listener{})
	if diff := cmp.Diff(fault{llm.Auth, 401, "Acme asks for a key, and none is set", "set the provider's key"}, faultOf(err)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnErrorInAStreamIsSortedByItsType(t *testing.T) {
	for data, want := range map[string]struct {
		class  llm.Class
		status int
		wait   time.Duration
	}{
		anthropicBusy:   {llm.Overloaded, 529, 0},
		anthropicLimit:  {llm.RateLimited, 429, 0},
		anthropicCredit: {llm.Quota, 400, 0},
		anthropicKey:    {llm.Auth, 401, 0},
		openaiLimit:     {llm.RateLimited, 429, 0},
		openaiNoQuota:   {llm.Quota, 402, 0},
		googleBusy:      {llm.Overloaded, 503, 0},
		googleLimit:     {llm.RateLimited, 429, 34500 * time.Millisecond},
		vllmBad:         {llm.Bad, 400, 0},
		`{"type":"error","error":{"type":"api_error","message":"Internal"}}`:             {llm.Overloaded, 500, 0},
		`{"type":"error","error":{"type":"timeout_error","message":"slow"}}`:             {llm.Overloaded, 504, 0},
		`{"type":"error","error":{"type":"billing_error","message":"pay"}}`:              {llm.Quota, 402, 0},
		`{"error":{"message":"The server had an error","type":"server_error"}}`:          {llm.Overloaded, 500, 0},
		`{"error":{"code":502,"message":"Provider returned error"},"choices":[]}`:        {llm.Overloaded, 502, 0},
		`{"error":{"code":"rate_limit_exceeded","message":"slow down","type":"tokens"}}`: {llm.RateLimited, 429, 0},
		`{"error":"something broke"}`:                                                    {llm.Overloaded, 500, 0},
		`{"message":"who knows"}`:                                                        {llm.Overloaded, 500, 0},
	} {
		s := serve(t, says("data: a\n\nevent: error\ndata: "+data+"\n\n"))
		_, err := s.Stream(t.Context(), "/", nil, &listener{})
		if got := faultOf(err); got.Class != want.class || got.Status != want.status || problem.Of(err).Wait != want.wait {
			t.Errorf("%s: %v, status %d, wait %s", data, err, got.Status, problem.Of(err).Wait)
		}
		hidesKey(t, err)
	}
}

func TestACauseHasTheProvidersWordsWithoutKeys(t *testing.T) {
	s := Server{Name: "Acme", Key: secret}
	for text, want := range map[string]string{
		"wrong key " + secret + "!":                 "wrong key ***!",
		"begins sk-test-0123456 ends efSECRET":      "begins *** ends ***",
		"of another: sk-proj-abc***********wxyz":    "of another: ***",
		"sent Bearer abc.def":                       "sent ***",
		"at https://h/x?key=AbCdEf&alt=sse":         "at https://h/x***&alt=sse",
		"by http://me:pass@proxy.test:8080 refused": "by http***proxy.test:8080 refused",
		"AIzaSyA1234567890abcdefgh is no key":       "*** is no key",
		"two\nlines\tand \x1b[31mcolours":           "two lines and  [31mcolours",
		"a sketch of skateboarding_and_keyboards":   "a sketch of skateboarding_and_keyboards",
		strings.Repeat("ä", 5000):                   strings.Repeat("ä", mostWords) + "…",
		"broken \xff letters":                       "broken \ufffd letters",
	} {
		got := strings.ReplaceAll(s.clean(text), "://***@", "***")
		if got != want {
			t.Errorf("%q is told as %q, want %q", text, got, want)
		}
	}
}
