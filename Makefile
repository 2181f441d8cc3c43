# Every target works on a fresh clone; `make test` is what CI runs.

GO     ?= go
LINT   := $(GO) tool -modfile=tools/go.mod golangci-lint
FUZZ   ?= 30s

.PHONY: test setup format vet lint unit e2e llama sdk fuzz bench demo build update

test: setup format vet lint unit e2e llama sdk ## everything, in the order in which it fails fastest

setup: ## PostgreSQL and Chromium, if missing
	./test/setup.sh

format:
	@out=$$(gofmt -l .); if [ -n "$$out" ]; then echo "gofmt these:"; echo "$$out"; exit 1; fi

vet:
	$(GO) vet ./...

lint:
	$(LINT) run ./...

unit: ## architecture, unit, property and golden tests, conformance on SQLite and PostgreSQL, all under the race detector
	$(GO) test -race -timeout 12m $$($(GO) list ./... | grep -v '/test$$\|/test/')

e2e: ## the program as its users run it: demo on five seeds, kill -9, README's commands, the page in Chromium
	$(GO) test -timeout 8m -count 1 ./test

llama: ## a real llama.cpp from npm, with a model of random weights, writes texts: nothing it says is shown
	./test/llama/run.sh

sdk: ## other people's clients, unmodified, at fixed versions from npm: Meta's SDK, two MCP servers, n8n's node, curl
	./test/sdk/run.sh

fuzz: ## each target for FUZZ (30s)
	./test/fuzz.sh $(FUZZ)

bench: ## decisions, events, memory and start-up, beside a bare handler in the same run
	./test/bench.sh

demo:
	$(GO) run ./cmd/marquetry demo

build: ## one static binary in ./bin
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/marquetry ./cmd/marquetry

update: ## rewrite golden files from what the code says now; read the diff
	$(GO) test ./... -update
