package wire

import (
	"net"
	"net/http"
	"net/url"
	"time"
)

// streams is how many streams to one provider find a connection ready.
const streams = 200

// NewTransport makes a transport for a Server's Client: no end to an answer as a
// whole, connections that stay for the next call, HTTP/2 where it is spoken, and
// no compression, which would hold events back. The proxy may be nil.
func NewTransport(proxy func(*http.Request) (*url.URL, error)) *http.Transport {
	dial := &net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		Proxy:                 proxy,
		DialContext:           dial.DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          2 * streams,
		MaxIdleConnsPerHost:   streams,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   15 * time.Second,
		ExpectContinueTimeout: time.Second,
		DisableCompression:    true,
	}
}
