package db

// next gives the next number of a counter: 1, 2, 3 … without a gap, because it is given back when the transaction is
// rolled back. Whoever takes one holds the counter until the transaction ends; so it is taken late, runs before audit.
func (t *tx) next(name string) (int64, error) {
	return value[int64](t, `UPDATE counter SET value = value + 1 WHERE name = $1 RETURNING value`, name)
}
