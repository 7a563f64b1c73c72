package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"quire/llm/fake"
	"quire/offline"
	"quire/problem"
)

// fakeLLMVerb plays a provider.
type fakeLLMVerb struct {
	Addr   string   `default:"127.0.0.1:8790" help:"Address to listen at; port 0 is any that is free." placeholder:"HOST:PORT"`
	Script string   `help:"JSON file that says which calls fail, and how; see docs/fake-llm.md." placeholder:"FILE"`
	RPM    int      `name:"rpm" help:"Requests a minute of each key. 0 is no limit." placeholder:"N"`
	TPM    int      `name:"tpm" help:"Tokens a minute of each key. 0 is no limit." placeholder:"N"`
	Key    []string `sep:"none" help:"Key to accept; repeat for more. Default: any key, or none." placeholder:"KEY"`
	Pace   int      `help:"Words a second that a stream gives out. 0 is all at once." placeholder:"N"`
}

// Help shows how the verb is used.
func (*fakeLLMVerb) Help() string {
	return `Speaks the protocols of OpenAI, Anthropic and Google; the built-in author
writes the answers. It costs nothing and sends nothing anywhere.

Examples:
  quire fake-llm
  quire fake-llm --rpm 60 --tpm 100000 --pace 120
  quire fake-llm --addr 127.0.0.1:9000 --script faults.json --key test-key`
}

// Run serves until it is stopped. No home is needed.
func (v *fakeLLMVerb) Run(s *session) error {
	server, err := v.server()
	if err != nil {
		return err
	}
	var lc net.ListenConfig
	listener, err := lc.Listen(s.ctx, "tcp", v.Addr)
	if err != nil {
		return unheard(v.Addr, err)
	}
	v.greet(s, listener.Addr())
	err = serveUntil(s.ctx, listener, server)
	for _, line := range sumUp(server.Summary()) {
		s.say("%s", line)
	}
	return err
}

// server is the provider that the flags describe.
func (v *fakeLLMVerb) server() (*fake.Server, error) {
	for name, n := range map[string]int{"--rpm": v.RPM, "--tpm": v.TPM, "--pace": v.Pace} {
		if n < 0 {
			return nil, problem.New(problem.Invalid, "%s is a number from 0 on, not %d", name, n).Try("leave it out for no limit")
		}
	}
	server := &fake.Server{
		Author: &offline.Author{}, Keys: v.Key, Limits: fake.Limits{Requests: v.RPM, Tokens: v.TPM}, Pace: v.Pace,
		Remember: -1, // it may run for long
	}
	if v.Script == "" {
		return server, nil
	}
	file, err := os.Open(v.Script)
	if err != nil {
		return nil, unreadable(filepath.Base(v.Script), err)
	}
	defer file.Close()
	if server.Script, err = fake.ReadScript(file); err != nil {
		p := problem.Of(err)
		return nil, problem.New(p.Kind, "%s: %s", filepath.Base(v.Script), p.Detail).Because(err).Try("%s", p.Hint)
	}
	return server, nil
}

// unheard says why an address cannot be listened at.
func unheard(addr string, err error) error {
	p := problem.New(problem.Invalid, "nobody can listen at the address %q", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		p = problem.New(problem.Invalid, "the address %s is in use by another program", addr)
	case errors.Is(err, syscall.EACCES):
		p = problem.New(problem.Invalid, "the address %s is for the system's own programs", addr)
	}
	return p.Because(err).Try("choose another one with --addr, such as 127.0.0.1:8791")
}

// greet says how to come here.
func (v *fakeLLMVerb) greet(s *session, addr net.Addr) {
	host := addr.String()
	if tcp, ok := addr.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		host = net.JoinHostPort("127.0.0.1", fmt.Sprint(tcp.Port))
		s.say("note: everybody who can reach this machine can use it")
	}
	s.say("A provider is played. Set one of these, and any model's name will do:")
	s.say("  OPENAI_BASE_URL=http://%s/v1", host)
	s.say("  ANTHROPIC_BASE_URL=http://%s", host)
	s.say("  GOOGLE_BASE_URL=http://%s", host)
	if len(v.Key) == 0 {
		s.say("Any key is taken, or none. Ctrl-C ends it.")
		return
	}
	s.say("Only the keys that were given are taken. Ctrl-C ends it.")
}

// closing is how long answers under way may take to end.
const closing = 2 * time.Second

// serveUntil serves until ctx ends; what is under way then breaks off.
func serveUntil(ctx context.Context, listener net.Listener, handler *fake.Server) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 30 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return problem.New(problem.Unavailable, "the server ended").Because(err).Try("start it again")
	case <-ctx.Done():
	}
	handler.Close()
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer stop()
	if server.Shutdown(last) != nil {
		_ = server.Close() // whoever is still there is cut off
	}
	<-failed // it is http.ErrServerClosed
	return nil
}

// sumUp tells what a server did.
func sumUp(sum fake.Summary) []string {
	total := 0
	var routes, faults []string
	for _, r := range slices.Sorted(maps.Keys(sum.Routes)) {
		total += sum.Routes[r]
		name := string(r)
		if name == "" {
			name = "no such path"
		}
		routes = append(routes, fmt.Sprintf("%s %d", name, sum.Routes[r]))
	}
	if total == 0 {
		return []string{"Nobody called."}
	}
	lines := []string{fmt.Sprintf("Calls: %d (%s)", total, strings.Join(routes, ", "))}
	for _, f := range slices.Sorted(maps.Keys(sum.Faults)) {
		faults = append(faults, fmt.Sprintf("%s %d", f, sum.Faults[f]))
	}
	if len(faults) > 0 {
		lines = append(lines, "Faults played: "+strings.Join(faults, ", "))
	}
	return lines
}
