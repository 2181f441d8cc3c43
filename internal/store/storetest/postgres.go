package storetest

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/marquetry/marquetry/internal/store"
)

// Postgres creates an empty database without tables in the process's private cluster, dropped with the test, and returns its address.
func Postgres(t testing.TB) string {
	t.Helper()
	return create(t, "")
}

// copied creates an empty database with tables.
func copied(t testing.TB) string {
	t.Helper()
	if err := prepared(); err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	return create(t, " TEMPLATE prepared")
}

// prepared makes the database that others are copies of.
var prepared = sync.OnceValue(func() error { //nolint:gochecknoglobals // as the server
	server, err := shared()
	if err != nil {
		return err
	}
	if err := administer(server.dir, "CREATE DATABASE prepared"); err != nil {
		return err
	}
	return migrate(store.Config{URL: address(server.dir, "prepared")})
})

// create makes a database of some kind.
func create(t testing.TB, kind string) string {
	t.Helper()
	server, err := shared()
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	must := func(statement string) {
		if err := administer(server.dir, statement); err != nil {
			t.Fatal(err)
		}
	}
	must("CREATE DATABASE " + name + kind)
	t.Cleanup(func() { must("DROP DATABASE " + name + " WITH (FORCE)") })
	return address(server.dir, name)
}

// address names a database of the cluster in dir, which listens on a socket there and on no port, so that clusters never collide.
func address(dir, database string) string {
	return "postgres://marquetry@/" + database + "?host=" + url.QueryEscape(dir)
}

// administer runs a statement that no transaction may hold. It is also used in clean-up, when the test's context has ended.
func administer(dir, statement string) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, address(dir, "postgres"))
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, statement)
	return errors.Join(err, conn.Close(ctx))
}

// cluster is a running server.
type cluster struct {
	dir  string    // holds its socket
	life io.Closer // the pipe to script; kept, because the server stops when it is closed
}

// shared starts the server once per process.
var shared = sync.OnceValues(start) //nolint:gochecknoglobals // a server takes a second to start, and every test of the process can share it

// script makes a cluster in the working directory, says so, and removes it when its input ends. The input is a pipe that
// only the test process holds: the server goes when the process goes, however that happens. Nothing here needs to
// outlive a power cut.
const script = `
bin=$1
"$bin/initdb" -D data -U marquetry -A trust -E UTF8 --no-locale --no-sync >log 2>&1 &&
"$bin/pg_ctl" -D data -w -l log -o "-k '$PWD' -c listen_addresses= -c fsync=off -c max_connections=200 -c shared_buffers=32MB" start >/dev/null 2>&1 &&
echo ready && read -r _
"$bin/pg_ctl" -D data -m immediate stop >/dev/null 2>&1
[ -e data/PG_VERSION ] && rm -rf "$PWD"
`

// start runs the script as a user that PostgreSQL accepts and waits until the server answers.
func start() (*cluster, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "marquetry-pg-") // short, as a socket's path must be
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(context.Background(), "/bin/sh", "-c", script, "sh", bin) //nolint:gosec // bin is a directory of the system
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // an interrupt from the terminal must not stop the script first
	if os.Getuid() == 0 {
		if cmd.SysProcAttr.Credential, err = unprivileged(dir); err != nil {
			return nil, err
		}
	}
	life, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log")) //nolint:gosec // our own directory; empty if even that failed
		return nil, fmt.Errorf("the server in %s did not start: %w\n%s", bin, err, log)
	}
	return &cluster{dir: dir, life: life}, nil
}

// binaries finds the server's programs, of the newest version if there are several.
func binaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // fails for malformed patterns only
	newest := func(a, b string) int { return version(a) - version(b) }
	if len(found) > 0 {
		return filepath.Dir(slices.MaxFunc(found, newest)), nil
	}
	if initdb, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(initdb), nil
	}
	if out, err := exec.CommandContext(context.Background(), "pg_config", "--bindir").Output(); err == nil {
		dir := strings.TrimSpace(string(out))
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err == nil {
			return dir, nil
		}
	}
	return "", errors.New("not installed; run test/setup.sh or: apt-get install --no-install-recommends postgresql")
}

// version is the number in /usr/lib/postgresql/15/bin/initdb.
func version(initdb string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb)))) // 0 for a name that is no number
	return n
}

// unprivileged gives the directory to a user other than root, under whom the server then runs: it refuses root.
func unprivileged(dir string) (*syscall.Credential, error) {
	who, err := user.Lookup("postgres")
	if err != nil {
		who, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(who.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(who.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, int(uid), int(gid))
}
