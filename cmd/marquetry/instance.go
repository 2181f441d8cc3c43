package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/marquetry/marquetry"
)

// Limits of the HTTP server.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 2 * time.Minute // of a whole request: pictures come over slow lines
	writeTimeout  = 2 * time.Minute
	idleTimeout   = 2 * time.Minute
	maxHeader     = 64 << 10 // bytes
	graceful      = 10 * time.Second
	portsTried    = 100
)

// instanceFlags say where an instance keeps what.
type instanceFlags struct {
	Data string `help:"Directory of the data." default:"data" type:"path"`
	DB   string `name:"db" help:"Keep objects and reports in PostgreSQL: postgres://user@host/name." placeholder:"URL"`

	Events string `help:"Where the event log is: file, or db, which several servers can share. Without it: where it is already, file at first." enum:",file,db" default:""`
}

// open opens the instance's data for a short command, also while a server runs on it, and closes it after use.
func (f instanceFlags) open(ctx context.Context, io streams, use func(*marquetry.Server) error) (err error) {
	server, err := marquetry.New(ctx, marquetry.Config{Data: f.Data, DB: f.DB, Events: f.Events, Logger: io.logger(), Beside: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	return use(server)
}

// reopen is open for an instance that was started before: a misspelt directory does not pass for an empty one.
func (f instanceFlags) reopen(ctx context.Context, io streams, use func(*marquetry.Server) error) error {
	if _, err := os.Stat(filepath.Join(f.Data, "events.db")); f.DB == "" && errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no instance in %s", f.Data)
	}
	return f.open(ctx, io, use)
}

// heapGrowth is by how many percent what is in memory may grow until it is collected, where GOGC does not say. Each collection holds requests up for
// some milliseconds, and most of the memory is not the ads'.
const heapGrowth = 400

// host serves on every listener until ctx ends, then lets requests under way finish.
func host(ctx context.Context, server *marquetry.Server, listeners ...net.Listener) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	web := &http.Server{
		Handler: server.Handler(), ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
	}
	working, stopWorking := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWorking()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return unlessCancelled(server.Run(working)) })
	for _, listener := range listeners {
		group.Go(func() error {
			if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				return fmt.Errorf("serving: %w", err)
			}
			return nil
		})
	}
	group.Go(func() error {
		<-ctx.Done()
		defer stopWorking() // after the last request, so that its events are folded
		last, stop := context.WithTimeout(working, graceful)
		defer stop()
		if err := web.Shutdown(last); err != nil {
			return errors.Join(fmt.Errorf("requests still under way: %w", err), web.Close())
		}
		return nil
	})
	return group.Wait()
}

// hostWhile serves as long as the work takes, and returns when both have ended.
func hostWhile(ctx context.Context, server *marquetry.Server, listener net.Listener, work func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return host(ctx, server, listener) })
	group.Go(func() error {
		defer stop()
		return work(ctx)
	})
	return group.Wait()
}

// unlessCancelled forgets the error of work that was told to stop.
func unlessCancelled(err error) error {
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// listen opens an address.
func listen(ctx context.Context, address string) (net.Listener, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listening: %w", err)
	}
	return listener, nil
}

// listenNear opens an address, or the next free port after it.
func listenNear(ctx context.Context, address string) (net.Listener, error) {
	hostname, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, usageError(fmt.Sprintf("--listen %s: %v", address, err))
	}
	first, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, usageError(fmt.Sprintf("--listen %s: the port is not a number up to 65535", address))
	}
	listener, taken := listen(ctx, address)
	for next, err := first+1, taken; err != nil && first != 0 && next < first+portsTried; next++ {
		if listener, err = listen(ctx, net.JoinHostPort(hostname, strconv.FormatUint(next, 10))); err == nil {
			return listener, nil
		}
	}
	return listener, taken
}

// portOf is the port of an address such as 127.0.0.1:8080.
func portOf(address string) string {
	_, port, _ := net.SplitHostPort(address) // listening refuses an address without one
	return port
}

// reachable is the address at which a listener is reached from this machine.
func reachable(listener net.Listener) string {
	address := listener.Addr().(*net.TCPAddr) //nolint:forcetypeassert // listen opens nothing but TCP
	hostname := address.IP.String()
	if address.IP.IsUnspecified() {
		hostname = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(hostname, strconv.Itoa(address.Port))
}

// loopback reports whether only this machine reaches a listener.
func loopback(listener net.Listener) bool {
	address, ok := listener.Addr().(*net.TCPAddr)
	return ok && address.IP.IsLoopback()
}
