# SPDX-License-Identifier: Apache-2.0
# The front door. CMake does the building (CMakePresets.json); this names what a person wants done.
#   make            the program, build/release/annals, and its data     make check       what every change must pass
#   make demo       build it and show it on the pages of examples/      make check-more  other compiler, lint, threads, fuzz
#   make install    prefix=/usr/local, DESTDIR=                         make bench       pages a second, ms a room
#   make web        the page of annals serve (needs npm)                make check-web   that page in a browser

prefix ?= /usr/local
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
TREEBANKS ?= $(wildcard ../shared/data/treebanks/ewt-train.conllu.gz ../shared/data/treebanks/gum-train-*.conllu.gz)
WORDNET ?= /usr/share/wordnet
OWN_TIMES ?= 4
FUZZ_SECONDS ?= 60
BENCH_FLAT ?= $(wildcard ../shared/data/pages/flat/html-text.json)
BENCH_PAGES ?= $(firstword $(wildcard ../shared/data/pages/html) examples/pages)
annals = build/release/annals

.PHONY: all data demo web check check-more check-web check-bare bench fuzz train train-names train-triggers man install clean packages-build
all: release
data: release

packages-build:
	@tools/packages.sh build

# preset(NAME): configured and built. Quiet: the log is shown when something is wrong, warnings in any case.
define preset
	@mkdir -p build && echo "building build/$(1)"
	@{ cmake --preset $(1) && cmake --build build/$(1) -j$(JOBS); } >build/$(1).log 2>&1 || { tail -60 build/$(1).log; exit 1; }
	@grep -A6 'warning: ' build/$(1).log || true
endef

.PHONY: release asan clang tsan fuzz-build
release: packages-build web
	$(call preset,release)

# The page of annals serve, which the build takes in from web/dist. Without npm, or its packages, the program is built without it.
web:
	@tools/web.sh

demo: release
	@mkdir -p out && rm -f out/demo.db
	@$(annals) build examples/pages -o out/demo.db || [ $$? -eq 1 ] # 1: some pages are none (an index among them)
	@$(annals) show out/demo.db stories --table
	@sh tools/demo_next.sh $(annals) out/demo.db

# ---- Checks: each a ctest run; tests/run.sh adds up what passed, failed and was skipped, with the reason ----
# The packages before the builds: a release build configured without cmocka or python has no tests.
check: packages-build
	@tools/packages.sh check
	$(call preset,release)
	$(call preset,asan)
	@tests/run.sh check release asan

check-more: release
	@tools/packages.sh check lint
	$(call preset,clang)
	$(call preset,tsan)
	$(call preset,fuzz)
	@tests/run.sh check-more clang tsan fuzz

# The page in a browser. Without node, npm or chromium it is skipped, with the reason.
check-web: release
	@tests/web/run.sh

check-bare:
	@tools/packages.sh bare
	@tools/check_bare.sh

bench: release
	@cmake --build build/release --target bench bench_input -j$(JOBS) >build/bench.log 2>&1 || { cat build/bench.log; exit 1; }
	@build/release/bench build/release/share/annals examples/pages
	@if [ -n "$(BENCH_FLAT)" ]; then python3 bench/make_flat.py -o build/bench-flat $(BENCH_FLAT); fi
	@build/release/bench_page build/release/share/annals 3 $(BENCH_PAGES) $(if $(BENCH_FLAT),build/bench-flat)
	@python3 bench/make_warc.py -o build/bench.warc.gz $(BENCH_PAGES) && build/release/bench_input build/release/share/annals build/bench.warc.gz

fuzz: packages-build
	@tools/packages.sh lint
	$(call preset,fuzz)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/run.sh fuzz fuzz

# The model of English, out of treebanks that are not part of this repository (NOTICE).
train: release
	@[ -n "$(TREEBANKS)" ] || { echo "make train TREEBANKS='FILE.conllu[.gz] ...': no treebank named"; exit 2; }
	@mkdir -p data/models
	@[ -f "$(WORDNET)/index.verb" ] || { echo "make train needs WordNet's lists: apt-get install wordnet-base, or WORDNET=FOLDER"; exit 2; }
	python3 tools/check_trees.py --conllu data/treebank/*.trees >build/own.conllu
	build/release/tools/train data/models/english.an $(WORDNET) data/models/vectors.bin $(TREEBANKS) 'build/own.conllu*$(OWN_TIMES)'
	$(call preset,release)

# The names of people, bodies and places (data/models/README.md).
train-names: release
	@[ -d "$(TREEBANKS)" ] || { echo "make train-names TREEBANKS=FOLDER: the folder of GUM's train files"; exit 2; }
	tools/make_names.py build/names-gum.txt $(TREEBANKS)
	tools/make_names.py build/names-own.txt data/examples/names.tsv data/examples/names2.tsv data/examples/names3.tsv data/examples/names4.tsv data/examples/names5.tsv --copies 3
	build/release/tools/names build/release/share/annals data/models/names.an --other build/names-gum.txt build/names-own.txt
	$(call preset,release)

# Words that tell an act (data/models/README.md). NEWS: the folder of MEANTIME, or none.
NEWS ?= $(wildcard $(dir $(firstword $(TREEBANKS)))news-events)
train-triggers: release
	@[ -d "$(TREEBANKS)" ] || { echo "make train-triggers TREEBANKS=FOLDER: the folder of EWT's and GUM's train files"; exit 2; }
	tools/make_triggers.py build/triggers.txt --treebanks $(TREEBANKS) $(if $(NEWS),--news $(NEWS))
	build/release/tools/triggers build/release/share/annals data/models/triggers.an build/triggers.txt
	$(call preset,release)

man: release
	@if command -v help2man >/dev/null 2>&1; then tools/man.sh $(annals) build/release/man; fi

install: release man
	@cmake -DCMAKE_INSTALL_PREFIX=$(prefix) build/release >/dev/null
	@cmake --build build/release -j$(JOBS) >build/install.log 2>&1 || { tail -60 build/install.log; exit 1; }
	@DESTDIR="$(DESTDIR)" cmake --install build/release --prefix $(prefix) >/dev/null
	@echo "annals is installed under $(DESTDIR)$(prefix)"

clean:
	rm -rf build out
