// Command chancery keeps the record of relations between states from what is
// published about them. See "chancery help" and docs/cli.md.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"chancery/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// After the first signal the next one ends the program at once.
	context.AfterFunc(ctx, stop)
	code := cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
