package storage

// LimitPages makes the connection act as if the disk were nearly full.
func LimitPages(tx *Tx) error {
	var limit int
	return tx.row(dest(&limit), `PRAGMA max_page_count = 80`)
}
