package jobs

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"quire/store/storetest/pg"
)

// TestTheStoresTransactionCanDoWhatRiverMayAsk holds connTx against a real
// connection: all but beginning and ending is the connection's own.
func TestTheStoresTransactionCanDoWhatRiverMayAsk(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), pg.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	tx := connTx{conn}
	if _, err := tx.Exec(t.Context(), `CREATE TABLE t (n INT)`); err != nil {
		t.Fatal(err)
	}
	if n, err := tx.CopyFrom(t.Context(), pgx.Identifier{"t"}, []string{"n"}, pgx.CopyFromRows([][]any{{1}, {2}})); n != 2 || err != nil {
		t.Errorf("copied %d (%v)", n, err)
	}
	if _, err := tx.Prepare(t.Context(), "sum", `SELECT sum(n) FROM t`); err != nil {
		t.Error(err)
	}
	var sum int
	if err := tx.QueryRow(t.Context(), "sum").Scan(&sum); sum != 3 || err != nil {
		t.Errorf("sum %d (%v)", sum, err)
	}
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO t VALUES (4)`)
	if err := tx.SendBatch(t.Context(), batch).Close(); err != nil {
		t.Error(err)
	}
	rows, err := tx.Query(t.Context(), `SELECT n FROM t ORDER BY n`)
	if err != nil {
		t.Fatal(err)
	}
	if list, err := pgx.CollectRows(rows, pgx.RowTo[int]); len(list) != 3 || err != nil {
		t.Errorf("rows %v (%v)", list, err)
	}
	if tx.Conn() != conn {
		t.Error("another connection")
	}
	large := tx.LargeObjects()
	if _, err := tx.Begin(t.Context()); err == nil {
		t.Errorf("a nested transaction began beside %v", large)
	}
	if tx.Commit(t.Context()) != nil || tx.Rollback(t.Context()) != nil {
		t.Error("ending is the store's, and does nothing here")
	}
}
