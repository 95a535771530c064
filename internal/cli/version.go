package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCmd struct{}

// Run prints one line: name, version, Go's version, system.
func (versionCmd) Run(p *program) error {
	_, err := fmt.Fprintf(p.Out, "dondoc %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// version is what the Go command noted when it built the program: a release's
// tag, or the revision, or "devel" where it knew neither.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}
