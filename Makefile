# The Go command needs no help to build and test this program; these are
# shorthands.

.PHONY: check build test fmt release vuln pictures

# What must hold before a change lands: exactly what CI runs.
check:
	.ci/run

build:
	CGO_ENABLED=0 go build -trimpath -o dondoc .

test:
	go test -trimpath ./...

# Needs golangci-lint, the version of .ci/run.
fmt:
	golangci-lint fmt

# Programs for three systems in dist/; "make release VERIFY=--verify" builds
# twice and compares.
release:
	.ci/release $(VERIFY)

# Known weaknesses of the dependencies and of Go itself. Its database is on the
# network, so check does not depend on it.
vuln:
	go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./...

# The pictures of the READMEs and of docs/huong-dan.md, out of the try-out. Needs
# Chromium.
pictures:
	go test ./internal/tryout -run Pictures -update
