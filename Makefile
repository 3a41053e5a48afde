# Two commands do everything on a machine with Go, Node and make:
#   make run    builds, reads the bundled sample, says what to try next
#   make test   runs every test
GO      ?= go
BIN     := bin/chancery
FUZZFOR ?= 30s

.PHONY: build run test lint bench fuzz generate clean

build:
	$(GO) build -o $(BIN) ./cmd/chancery

run: build
	$(BIN) read --sample --db .cache/sample.db

test: lint
	$(GO) test ./...

lint:
	@test -z "$$(gofmt -l . | grep -v node_modules)" || { echo "run gofmt -w on:"; gofmt -l . | grep -v node_modules; exit 1; }
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# Every fuzz target of every package, one after the other.
fuzz:
	@for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz'); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZFOR) $$p || exit 1; \
	  done; \
	done

clean:
	rm -rf bin .cache
