package cli

import (
	"context"
	"fmt"
	"net"

	"dondoc/internal/app"
)

type healthCmd struct{}

// Run asks the program that runs on this machine whether all is well, and
// prints its answer: where nothing else is installed, as in a container,
// nothing else can ask.
func (healthCmd) Run(ctx context.Context, p *program) error {
	if err := app.AskHealth(ctx, p.settings.Listen.dial(), p.Out); err != nil {
		return fmt.Errorf("health: %w", err)
	}
	return nil
}

// dial returns where a server that listens on the address is reached.
func (a address) dial() string {
	host, port, err := net.SplitHostPort(string(a))
	if err != nil {
		return string(a)
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}
