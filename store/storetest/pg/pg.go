// Package pg starts a PostgreSQL for tests.
package pg

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// postgresVariable names a PostgreSQL to use instead of one of our own.
const postgresVariable = "QUIRE_TEST_POSTGRES"

// cluster is the PostgreSQL of this test process.
var cluster struct {
	once    sync.Once
	address string
	err     error
	stop    func()
}

// Main runs the tests of a package and stops the PostgreSQL that they started.
// It is for TestMain.
func Main(m *testing.M) {
	code := m.Run()
	Stop()
	os.Exit(code)
}

// Stop ends the PostgreSQL of this process, if there is one.
func Stop() {
	if cluster.stop != nil {
		cluster.stop()
	}
}

// Database makes an empty PostgreSQL database for the test and returns its
// address. The test fails, and does not skip, where there is no PostgreSQL.
func Database(t *testing.T) string {
	t.Helper()
	cluster.once.Do(func() {
		if cluster.address = os.Getenv(postgresVariable); cluster.address == "" {
			cluster.address, cluster.stop, cluster.err = start()
		}
	})
	if cluster.err != nil {
		t.Fatalf("no PostgreSQL to test with (make test installs it): %v", cluster.err)
	}
	admin, err := pgx.Connect(t.Context(), cluster.address)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(t.Context())
	name := fmt.Sprintf("t%d", time.Now().UnixNano())
	if _, err := admin.Exec(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	config := admin.Config()
	return fmt.Sprintf("postgres://%s:%s@%s/%s", config.User, config.Password, net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port))), name)
}

// start makes a PostgreSQL cluster in a temporary folder and runs it on a free
// port of 127.0.0.1. PostgreSQL refuses to run as root, so root runs it as the
// user postgres.
func start() (address string, stop func(), err error) {
	initdb, server, err := programs()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "quire-postgres-")
	if err != nil {
		return "", nil, err
	}
	who, err := owner(dir)
	if err != nil {
		return "", nil, err
	}
	data := filepath.Join(dir, "data")
	init := exec.Command(initdb, "-D", data, "-U", "quire", "-A", "trust", "-N", "--locale=C.UTF-8")
	init.SysProcAttr, init.Dir = who, dir
	if out, err := init.CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	run := exec.Command(server, "-D", data, "-h", "127.0.0.1", "-p", strconv.Itoa(port), "-k", dir,
		"-c", "fsync=off", "-c", "max_connections=200", "-c", "log_min_messages=fatal")
	run.SysProcAttr, run.Dir = who, dir
	if err := run.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		_ = run.Process.Signal(syscall.SIGQUIT) // at once: the data is thrown away
		_ = run.Wait()
		_ = os.RemoveAll(dir)
	}
	address = fmt.Sprintf("postgres://quire:quire@127.0.0.1:%d/postgres", port)
	return address, stop, await(address)
}

// await waits until the server answers.
func await(address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		conn, err := pgx.Connect(ctx, address)
		if err == nil {
			return conn.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// programs finds initdb and postgres, in the path or where Debian puts them.
func programs() (initdb, server string, err error) {
	dirs, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", "", err
	}
	slices.Reverse(dirs) // the newest first
	for _, dir := range dirs {
		initdb, server = filepath.Join(dir, "initdb"), filepath.Join(dir, "postgres")
		if _, err := os.Stat(server); err == nil {
			return initdb, server, nil
		}
	}
	if initdb, err = exec.LookPath("initdb"); err != nil {
		return "", "", err
	}
	server, err = exec.LookPath("postgres")
	return initdb, server, err
}

// owner gives dir to the user that runs the server, and says how to become it.
func owner(dir string) (*syscall.SysProcAttr, error) {
	attr := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() != 0 {
		return attr, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	attr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return attr, os.Chown(dir, int(uid), int(gid))
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}
