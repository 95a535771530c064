package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime/pprof"
	"syscall"

	"dondoc/internal/bench/echo"
	"dondoc/internal/cli"
)

// The environment by which this program starts itself as a contestant.
const (
	envRole    = "BENCH_ROLE"
	envProfile = "BENCH_PROFILE" // file for the CPU profile of dondoc, without its ending
	envData    = "DONDOC_DATA"   // as dondoc knows it
)

// play is this program as a contestant: the echo bot, or dondoc where it is to
// be profiled. It returns the exit status.
func play(role contestant) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	url, token := os.Getenv("TELEGRAM_API_URL"), os.Getenv("TELEGRAM_BOT_TOKEN")
	switch role {
	case dondoc:
		return profiled(func() int {
			return cli.Main(ctx, []string{"run"}, cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr})
		})
	case durable:
		err = echoDurably(ctx, url, token, os.Getenv(envData))
	case echoBot:
		err = echo.Run(ctx, url, token, 0)
	case echoIdle:
		err = echo.Run(ctx, url, token, idleConns)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// profiled runs the program and writes down where its time and its memory went,
// if the environment names a file.
func profiled(program func() int) int {
	name := os.Getenv(envProfile)
	if name == "" {
		return program()
	}
	cpu, err := os.Create(name + ".cpu")
	if err == nil {
		err = pprof.StartCPUProfile(cpu)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	status := program()
	pprof.StopCPUProfile()
	if err := cpu.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return status
}
