# Two commands matter: `make demo` and `make test`. Both install what is missing.
#
#   make demo               a letter on the air at three stations, and its report
#   make demo LETTER=FILE   with a letter of your own (UTF-8 text)
#   make demo STATIONS=5    with five stations
#   make demo EXIT=1        end by itself; status 0 only if everything was aired
#   make test               all tests
#   make lint               formatting, vet, static checks
#   make bench              start error on a clocked card, ingest, report
#   make bench-plan         the planner: speed, growth, and how near the optimum

LETTER   ?= docs/examples/cong-van-1022.txt
STATIONS ?= 3
EXIT     ?=

GO          ?= go
STATICCHECK ?= honnef.co/go/tools/cmd/staticcheck@v0.7.0

.PHONY: demo build deps test race lint bench bench-plan fuzz clean

demo: build
	bin/loaphuong demo --letter '$(LETTER)' --stations $(STATIONS) $(if $(EXIT),--exit)

build: deps
	CGO_ENABLED=0 $(GO) build -o bin/loaphuong ./cmd/loaphuong
	$(GO) build -o bin/loaphuong-agent ./cmd/loaphuong-agent

deps:
	@deploy/install-deps gcc:gcc /usr/include/stdint.h:libc6-dev pkg-config:pkg-config ffmpeg:ffmpeg espeak-ng:espeak-ng alsa.pc:libasound2-dev

# The end-to-end tests come last and alone: they listen to the sound.
test: deps
	@deploy/install-deps mosquitto:mosquitto aplay:alsa-utils tesseract:tesseract-ocr vie.traineddata:tesseract-ocr-vie chromium:chromium
	$(GO) test $$($(GO) list ./... | grep -v '/cmd$$')
	$(GO) test ./cmd

race: deps
	@deploy/install-deps mosquitto:mosquitto aplay:alsa-utils tesseract:tesseract-ocr vie.traineddata:tesseract-ocr-vie chromium:chromium
	$(GO) test -race $$($(GO) list ./... | grep -v '/cmd$$')

lint:
	@unformatted=$$(gofmt -l cmd config devices player scheduler); \
	  if [ -n "$$unformatted" ]; then echo "not formatted: $$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) run $(STATICCHECK) ./...

bench: deps
	@deploy/install-deps aplay:alsa-utils tesseract:tesseract-ocr vie.traineddata:tesseract-ocr-vie
	$(GO) test -run '^$$' -bench . -benchtime 1x ./player/speaker
	$(GO) test -run '^$$' -bench . ./scheduler/store ./scheduler/ledger ./scheduler/letter ./scheduler/letter/paper ./scheduler/studio ./player/decode

# The optimum is found by glpsol, an exact solver.
bench-plan: deps
	@deploy/install-deps glpsol:glpk-utils
	$(GO) test -run '^$$' -bench . -benchmem ./scheduler/plan
	$(GO) test -tags exact -run Optimum -v ./scheduler/plan
	$(GO) test -run '^$$' -bench Rehearsal -benchtime 1x ./scheduler/centre

# Each fuzz target for a while: make fuzz FUZZTIME=10m
FUZZTIME ?= 30s
fuzz:
	@for p in $$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u); do \
	  for f in $$(grep -ho '^func Fuzz[A-Za-z]*' $$p/*_test.go | cut -c6-); do \
	    echo "$$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5s $$p || exit 1; \
	  done; done

clean:
	rm -rf bin .demo
