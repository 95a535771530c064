package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
)

// albumSpan is how long the files of one album may take to arrive.
const albumSpan = time.Minute

// AddAlbumFile keeps a file of an album until the command under another of its
// files says what it is for. If that is known already, the reports of that
// command are returned, and the file belongs to them.
func (tx *Tx) AddAlbumFile(chatID int64, album string, f chat.File, at time.Time) (reports []int64, err error) {
	var batch int64
	err = tx.row(dest(&batch), `SELECT batch FROM album_files
		WHERE chat = ? AND album = ? AND batch IS NOT NULL AND at >= ? LIMIT 1`,
		chatID, album, millis(at.Add(-albumSpan)))
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, fmt.Errorf("album: %w", err)
	}
	if _, err := tx.exec(`INSERT INTO album_files (chat, album, at, kind, file_id, file_name, batch)
		VALUES (?, ?, ?, ?, ?, ?, nullif(?, 0))`,
		chatID, album, millis(at), fileKind(f), f.ID, f.Name, batch); err != nil {
		return nil, fmt.Errorf("album: %w", err)
	}
	if batch == 0 {
		return nil, nil
	}
	reports, _, err = tx.BatchReports(batch)
	return reports, err
}

// AlbumFiles returns the files of an album that came so far.
func (tx *Tx) AlbumFiles(chatID int64, album string) ([]chat.File, error) {
	var out []chat.File
	err := tx.each(func(rows *sql.Rows) error {
		var f chat.File
		err := rows.Scan(&f.ID, &f.Name, &f.Photo)
		out = append(out, f)
		return err
	}, `SELECT file_id, file_name, kind = 'photo' FROM album_files WHERE chat = ? AND album = ? ORDER BY id`, chatID, album)
	if err != nil {
		return nil, fmt.Errorf("album: %w", err)
	}
	return out, nil
}

// ClaimAlbum gives the files of an album that came so far, and those that
// will come within its span, to the reports of the batch. The bot may have had
// to ask something before: the span is that of the files.
func (tx *Tx) ClaimAlbum(chatID int64, album string, batch int64) ([]plan.Evidence, error) {
	if _, err := tx.exec(`UPDATE album_files SET batch = ?1 WHERE chat = ?2 AND album = ?3 AND batch IS NULL
		AND at >= (SELECT max(at) FROM album_files WHERE chat = ?2 AND album = ?3) - ?4`,
		batch, chatID, album, albumSpan.Milliseconds()); err != nil {
		return nil, fmt.Errorf("album: %w", err)
	}
	var out []plan.Evidence
	err := tx.each(func(rows *sql.Rows) error {
		var e plan.Evidence
		err := rows.Scan(&e.Kind, &e.FileID, &e.FileName)
		out = append(out, e)
		return err
	}, `SELECT kind, file_id, file_name FROM album_files WHERE chat = ? AND album = ? AND batch = ? ORDER BY id`,
		chatID, album, batch)
	return out, err
}

// FileEvidence returns the file as evidence.
func FileEvidence(f chat.File) plan.Evidence {
	return plan.Evidence{Kind: fileKind(f), FileID: f.ID, FileName: f.Name}
}

func fileKind(f chat.File) string {
	if f.Photo {
		return "photo"
	}
	return "file"
}
