package openai_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync"
	"testing"

	"quire/llm"
	"quire/llm/openai"
	"quire/llm/wire"
)

// BenchmarkStreams has 200 answers of 1,000 chunks come in at once over real
// HTTP, server and client in one process, and tells the memory that a stream
// holds when all are open, on both sides together.
func BenchmarkStreams(b *testing.B) {
	const streams, chunks = 200, 1000
	for b.Loop() {
		var open sync.WaitGroup
		open.Add(streams)
		goOn := make(chan struct{})
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			for i := range chunks {
				fmt.Fprintf(w, "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"}}]}\n\n")
				if i == 0 {
					w.(http.Flusher).Flush()
					open.Done()
					<-goOn
				}
			}
			fmt.Fprintf(w, "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
		}))
		before := held()
		client := &http.Client{Transport: wire.NewTransport(nil)}
		var all sync.WaitGroup
		for range streams {
			all.Go(func() {
				m := &openai.Model{Client: client, Base: server.URL, Ability: llm.Caps{Provider: "openai", Model: "m"}}
				n := 0
				_, err := m.Stream(b.Context(), llm.Request{Blocks: []llm.Block{{Text: "Go on."}}}, func(llm.Chunk) error { n++; return nil })
				if err != nil || n != chunks {
					b.Errorf("%d chunks, %v", n, err)
				}
			})
		}
		open.Wait()
		b.ReportMetric(float64(held()-before)/streams/1024, "KiB/stream")
		close(goOn)
		all.Wait()
		client.CloseIdleConnections()
		server.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/streams/chunks, "ns/chunk")
}

// held is the memory that is in use, heap and stacks.
func held() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse) //nolint:gosec // far below the limit
}
