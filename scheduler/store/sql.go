package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"loaphuong/scheduler"
)

// write makes the changes of fn in one transaction, which is on disk when write
// returns without error.
func (s *Store) write(ctx context.Context, what string, fn func(*sql.Tx) error) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	defer tx.Rollback() // does nothing once committed
	if err = fn(tx); err == nil {
		err = tx.Commit()
	}
	switch {
	case namesUnknown(err):
		return fmt.Errorf("%s: something it names: %w", what, scheduler.ErrNotFound)
	case err != nil:
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// exec is write for a single statement.
func (s *Store) exec(ctx context.Context, what, query string, args ...any) error {
	return s.write(ctx, what, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
}

// remove deletes the row of an ID.
func (s *Store) remove(ctx context.Context, what, query string, id any) error {
	return s.write(ctx, what, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, query, id)
		return changedOr(scheduler.ErrNotFound, done, err)
	})
}

// querier is what a transaction and a pool of connections have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// scanner is one row.
type scanner interface{ Scan(dest ...any) error }

// list reads every row of a query.
func list[T any](ctx context.Context, q querier, read func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := read(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// listing is list from the readers, with the error saying what was attempted.
func listing[T any](ctx context.Context, s *Store, what string, read func(scanner) (T, error), query string, args ...any) ([]T, error) {
	all, err := list(ctx, s.reader, read, query, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return all, nil
}

// one reads the only row of a query, or says that it is not found.
func one[T any](ctx context.Context, q querier, what string, read func(scanner) (T, error), query string, args ...any) (T, error) {
	all, err := list(ctx, q, read, query, args...)
	if err == nil && len(all) == 0 {
		err = scheduler.ErrNotFound
	}
	if err != nil {
		var none T
		return none, fmt.Errorf("%s: %w", what, err)
	}
	return all[0], nil
}

// value reads a row of one column.
func value[T any](row scanner) (v T, err error) {
	err = row.Scan(&v)
	return v, err
}

// body reads a row of one column that holds a word as JSON.
func body[T any](row scanner) (v T, err error) {
	var b string
	if err = row.Scan(&b); err == nil {
		err = json.Unmarshal([]byte(b), &v)
	}
	return v, err
}

// toBody writes a word as the JSON that body reads.
func toBody(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("store: a word does not marshal: " + err.Error()) // plain data always does
	}
	return string(b)
}

// where collects the conditions of a query and their arguments.
type where struct {
	terms []string
	args  []any
}

// is adds a condition on one value, which stands at the end of term.
func (w *where) is(term string, arg any) {
	w.args = append(w.args, arg)
	w.terms = append(w.terms, fmt.Sprintf("%s $%d", term, len(w.args)))
}

// among adds the condition that column, or the tail of a longer term, is one of
// the values; as many ")" are added as the term leaves open.
func among[T any](w *where, column string, values []T) {
	if len(values) == 0 {
		w.terms = append(w.terms, "FALSE")
		return
	}
	marks := make([]string, len(values))
	for i, v := range values {
		w.args = append(w.args, v)
		marks[i] = fmt.Sprintf("$%d", len(w.args))
	}
	open := strings.Count(column, "(") - strings.Count(column, ")")
	w.terms = append(w.terms, column+" IN ("+strings.Join(marks, ",")+")"+strings.Repeat(")", open))
}

func (w *where) String() string {
	if len(w.terms) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.terms, " AND ")
}

// rowsAtOnce is how many rows one statement inserts. More is slower in SQLite,
// which looks each placeholder up by its name from the first on.
const rowsAtOnce = 20

// insert adds rows, each of as many values as there are columns. Columns and
// tail stand before and after the values.
func insert(ctx context.Context, tx *sql.Tx, table, columns, tail string, rows [][]any) error {
	for some := range slices.Chunk(rows, rowsAtOnce) {
		var b strings.Builder
		fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", table, columns)
		var args []any
		for i, row := range some {
			b.WriteString([]string{"(", ",("}[min(i, 1)])
			for j := range row {
				fmt.Fprintf(&b, "%s$%d", []string{"", ","}[min(j, 1)], len(args)+j+1)
			}
			b.WriteString(")")
			args = append(args, row...)
		}
		if _, err := tx.ExecContext(ctx, b.String()+" "+tail, args...); err != nil {
			return err
		}
	}
	return nil
}

// millis is an instant as it is kept, cut to the millisecond; 0 is none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// millisUp is millis rounded up, for a bound that must not reach too far back.
func millisUp(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Add(time.Millisecond - 1).UnixMilli()
}

// instant is what millis kept.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// orNull keeps an empty name out of a column that refers to another table.
func orNull[T ~string](name T) any {
	if name == "" {
		return nil
	}
	return string(name)
}
