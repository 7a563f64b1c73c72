# What people do here; `make help` lists it.
SHELL := /bin/bash
export PATH := $(CURDIR)/bin:$(PATH)

.PHONY: help check test build bench bench-press bench-editions oracle cover docs lint hooks tools

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

check: tools ## everything that CI runs
	scripts/check

# SQLite is C that a program turned into Go; watched, it is four times slower, and
# its races are not ours to find.
RACE := -race -gcflags='modernc.org/...=-race=false'

test: tools ## every test, with the race detector, in random order
	go test $(RACE) -shuffle=on -timeout 30m ./...

tools: ## install what tests need on a bare Debian
	scripts/tools

build: ## the binary, into bin/
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o bin/quire ./cmd/quire

bench: build ## measure speed and memory, and write that into docs/benchmarks.md
	scripts/bench

bench-press: build ## set a book beside other typesetters, and write that into docs/benchmarks.md
	scripts/bench-press

bench-editions: build ## write a book in every edition beside pandoc, and write that into docs/benchmarks.md
	scripts/bench-editions

oracle: build ## hold the providers' own SDKs against our adapters
	scripts/oracle

cover: tools ## coverage of statements, with its floors
	scripts/cover

docs: ## rewrite the generated pages of docs/
	go test -count=1 ./event ./edition ./quality ./write ./cmd/quire -run 'Fresh|Documented|Listed' -update

lint: tools ## go vet and golangci-lint
	scripts/lint

hooks: ## let git run the quick checks before a commit
	git config core.hooksPath scripts/hooks
