package handlers

import (
	"cmp"
	"errors"
	"slices"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// sentFiles returns the file that the command is the caption of, and the one
// that the command replies to, with the others of its album; files of an album
// whose caption the command is are kept apart, for others of it may be still to
// come.
func (c *call) sentFiles() []chat.File {
	out := slices.Clone(c.album)
	if r := c.in.ReplyTo; r != nil && r.File != nil && len(out) == 0 {
		out = append(out, *r.File)
	}
	if c.in.File != nil && c.in.Album == "" {
		out = append(out, *c.in.File)
	}
	return out
}

// filesOfMessage is sentFiles as evidence, with what came with the command
// before the bot had to ask something.
func (c *call) filesOfMessage() []plan.Evidence {
	var out []plan.Evidence
	files, _ := c.carried()
	for _, f := range files {
		out = append(out, storage.FileEvidence(f))
	}
	return out
}

// carried returns what came with the command, however much the bot has had to
// ask since: files, and the album of which others may be still to come.
func (c *call) carried() (files []chat.File, album string) {
	return slices.Concat(c.action.Files, c.sentFiles()), cmp.Or(c.in.Album, c.action.Album)
}

// albumFile keeps one more file of an album; if the command under another file
// of it came already, the file belongs to that command's reports.
func (c *call) albumFile() error {
	reports, err := c.tx.AddAlbumFile(c.in.Chat.Chat, c.in.Album, *c.in.File, c.now)
	if err != nil {
		return err
	}
	for _, id := range reports {
		if err := c.tx.AddEvidence(id, storage.FileEvidence(*c.in.File)); err != nil {
			return err
		}
	}
	return nil
}

// claimAlbum gives the files of the command's album to its reports.
func (c *call) claimAlbum(album string, batch int64, reports []filed) error {
	if album == "" {
		return nil
	}
	files, err := c.tx.ClaimAlbum(c.in.Chat.Chat, album, batch)
	if err != nil {
		return err
	}
	for i := range reports {
		if err := c.tx.AddEvidence(reports[i].report.ID, files...); err != nil {
			return err
		}
		reports[i].report.Evidence = append(reports[i].report.Evidence, files...)
	}
	return nil
}

// addEvidence handles a reply to the bot's own acknowledgement: a file or a
// document's number backs the reports that it acknowledges.
func (c *call) addEvidence() error {
	reports, occurrences, err := c.tx.BatchReports(c.action.Key)
	if err != nil {
		return err
	}
	files := c.filesOfMessage()
	if c.in.File != nil && c.in.Album != "" {
		files = append(files, storage.FileEvidence(*c.in.File))
	}
	cited, err := plan.ReadEvidence(c.args, c.today.Year())
	if errors.Is(err, plan.ErrNoSuchDate) {
		return refuse("refuse.no_date", "Text", chat.Cut(chat.Line(c.args), 60))
	}
	files = append(files, cited...)
	switch {
	case len(files) == 0 && c.in.Chat.Kind != chat.Private:
		return nil // people talk below the answer
	case len(files) == 0:
		return refuse("refuse.no_evidence", "Done", c.cmd(verbDone))
	}
	for i, id := range reports {
		o, err := c.tx.Occurrence(occurrences[i], c.h.Location)
		if err != nil {
			return err
		}
		if !c.mayReport(c.successor(o.Unit)) {
			return c.dead()
		}
		if err := c.backable(o, id); err != nil {
			return err
		}
		if err := c.tx.AddEvidence(id, files...); err != nil {
			return err
		}
	}
	if err := c.react("👍"); err != nil {
		return err
	}
	_, err = c.say(c.t("evidence.added", "Evidence", c.evidence(files)))
	return err
}

// backable refuses to back a report that no longer stands: nobody would count
// what was added to it.
func (c *call) backable(o *plan.Occurrence, report int64) error {
	i := slices.IndexFunc(o.Reports, func(r plan.Report) bool { return r.ID == report })
	t := c.taskOf(o)
	number := c.number(c.planOf(t), t)
	switch {
	case i < 0 || o.Reports[i].Stands():
		return nil
	case !o.Reports[i].WithdrawnAt.IsZero():
		return refuse("refuse.evidence_withdrawn", "Number", number, "Done", c.cmd(verbDone))
	}
	return refuse("refuse.evidence_returned", "Number", number, "Done", c.cmd(verbDone))
}

// mayReport reports whether the person may speak for the unit here, as its
// head or as an admin.
func (c *call) mayReport(unit string) bool {
	return c.standing&admin != 0 || slices.Contains(c.reports, unit)
}
