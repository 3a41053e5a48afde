# Two commands do everything on a machine with Go, Node and make:
#   make run    builds, reads the bundled sample, opens the page
#   make test   runs every test
GO      ?= go
NPM     ?= npm
BIN     := bin/chancery
SAMPLE  := .cache/sample.db
FUZZFOR ?= 30s
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
PAGE    := internal/web/dist/index.html
WEBSRC  := $(shell find web/src web/public web/index.html web/vite.config.ts web/world.ts -type f 2>/dev/null)

.PHONY: build run test test-go test-web lint bench fuzz types pictures clean

build: $(PAGE)
	$(GO) build -o $(BIN) ./cmd/chancery

run: build
	@mkdir -p .cache
	$(BIN) read --sample --db $(SAMPLE)
	$(BIN) serve --open --quiet --db $(SAMPLE)

# The page's types come from the API's own document, which the program prints.
types: web/node_modules/.package-lock.json
	$(GO) run ./cmd/chancery openapi > web/openapi.json
	cd web && $(NPM) run --silent types

$(PAGE): $(WEBSRC) web/node_modules/.package-lock.json
	$(MAKE) --no-print-directory types
	cd web && $(NPM) run --silent build

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && $(NPM) ci --no-audit --no-fund

test: build lint test-go test-web

test-go:
	$(GO) test ./...

# The browser tests want Chromium; CHROMIUM names it where it is not found.
test-web: build
	cd web && $(NPM) run --silent check && $(NPM) run --silent test
	@if [ -n "$(CHROMIUM)" ]; then cd web && CHROMIUM="$(CHROMIUM)" $(NPM) run --silent e2e; \
	else echo "The browser tests were skipped: Chromium is not installed."; fi

lint:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "run gofmt -w on:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
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

# The pictures of the README, taken of the sample as it looks now.
pictures: build
	@mkdir -p .cache && rm -f .cache/pictures.db*
	$(BIN) read --sample --quiet --db .cache/pictures.db
	cd web && CHROMIUM="$(CHROMIUM)" node pictures.mjs ../$(BIN) ../.cache/pictures.db ../docs/pictures

clean:
	rm -rf bin .cache web/node_modules
