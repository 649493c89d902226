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
#   make bench-station      the station beside mpd, mpg123, mpv, liquidsoap, snapclient
#   make test-faults        500 faults on real stations, and thousands of torn writes

LETTER   ?= docs/examples/cong-van-1022.txt
STATIONS ?= 3
EXIT     ?=

GO          ?= go
STATICCHECK ?= honnef.co/go/tools/cmd/staticcheck@v0.7.0

.PHONY: demo build deps test test-faults race lint bench bench-plan bench-station fuzz clean

demo: build
	bin/loaphuong demo --letter '$(LETTER)' --stations $(STATIONS) $(if $(EXIT),--exit)

build: deps
	CGO_ENABLED=0 $(GO) build -o bin/loaphuong ./cmd/loaphuong
	$(GO) build -o bin/loaphuong-agent ./cmd/loaphuong-agent

deps:
	@deploy/install-deps gcc:gcc /usr/include/stdint.h:libc6-dev pkg-config:pkg-config ffmpeg:ffmpeg espeak-ng:espeak-ng alsa.pc:libasound2-dev

# The end-to-end tests come last and alone: they listen to the sound.
test: deps
	@deploy/install-deps mosquitto:mosquitto aplay:alsa-utils tesseract:tesseract-ocr vie.traineddata:tesseract-ocr-vie chromium:chromium chronyd:chrony ip:iproute2
	$(GO) test $$($(GO) list ./... | grep -v '/cmd$$')
	$(GO) test ./cmd

# As many faults as you like: make test-faults FAULTS=2000
FAULTS ?= 500
test-faults: deps
	@deploy/install-deps mosquitto:mosquitto aplay:alsa-utils ip:iproute2 nsenter:util-linux
	FAULTS=$(FAULTS) $(GO) test -count=1 -timeout 6h -v -run '^TestFaults$$' ./cmd
	FAULTS=$$(($(FAULTS) * 20)) $(GO) test -count=1 -timeout 1h -run 'PowerCut|Damaged|SetAgain' ./player/agent

race: deps
	@deploy/install-deps mosquitto:mosquitto aplay:alsa-utils tesseract:tesseract-ocr vie.traineddata:tesseract-ocr-vie chromium:chromium chronyd:chrony ip:iproute2
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

bench-station: deps
	@deploy/install-deps aplay:alsa-utils mpd:mpd mpg123:mpg123 mpv:mpv liquidsoap:liquidsoap snapserver:snapserver snapclient:snapclient
	$(GO) test -run '^$$' -bench 'StartError|Preemption|Sync' -benchtime 1x -timeout 90m ./player/speaker
	$(GO) test -run '^$$' -bench '^BenchmarkEmergency$$' -benchtime 1x ./player/agent
	$(GO) test -run '^$$' -bench '^BenchmarkStation$$' -benchtime 1x -timeout 40m ./cmd

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
