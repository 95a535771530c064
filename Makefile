# The Go command needs no help to build and test this program; these are
# shorthands.

.PHONY: check build test fmt

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
