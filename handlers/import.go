package handlers

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/grid"
	"dondoc/internal/planfile"
)

// importSpan is how long after /import a file counts as the plan that it asked
// for.
const importSpan = time.Hour

// importPlan handles /import: with a file, or in reply to one, it reads it,
// else it asks for one.
func (c *call) importPlan() error {
	if f := c.fileOfMessage(); f != nil {
		return c.fetchPlan(f)
	}
	if err := c.tx.SetSetting(c.importKey(), strconv.FormatInt(c.now.UnixMilli(), 10)); err != nil {
		return err
	}
	return c.ask(c.t("import.ask", "Command", c.cmd(verbImport)), c.t("import.ask_placeholder"), chat.Action{Verb: verbImport})
}

// importKey names the setting that remembers when the person was asked here.
func (c *call) importKey() string {
	return fmt.Sprintf("import_asked.%d.%d.%d", c.in.Chat.Chat, c.in.Chat.Topic, c.person.ID)
}

// fileOfMessage is the file that the message bears or replies to, or nil.
func (c *call) fileOfMessage() *chat.File {
	if c.in.File != nil {
		return c.in.File
	}
	if c.in.ReplyTo != nil {
		return c.in.ReplyTo.File
	}
	return nil
}

// planAwaited reports whether the message is the file that /import asked for,
// sent without being a reply.
func (c *call) planAwaited() (bool, error) {
	if c.in.File == nil || c.standing&admin == 0 {
		return false, nil
	}
	asked, err := c.tx.Setting(c.importKey())
	if err != nil || asked == "" {
		return false, err
	}
	ms, err := strconv.ParseInt(asked, 10, 64)
	return err == nil && c.now.Sub(time.UnixMilli(ms)) <= importSpan, nil
}

// takeAwaited reads the file that /import asked for.
func (c *call) takeAwaited() error {
	c.action = chat.Action{Verb: verbImport}
	if err := c.use(c.h.byVerb[verbImport]); err != nil {
		return err
	}
	return c.fetchPlan(c.in.File)
}

// fetchPlan asks for the content of the file; importFetched gets it.
func (c *call) fetchPlan(f *chat.File) error {
	switch {
	case c.markedSecret():
		return refuse("refuse.secret")
	case f.Photo:
		return refuse("import.file.picture")
	case f.Size > grid.MaxBytes:
		return refuse("import.file.too_large")
	}
	if err := c.tx.SetSetting(c.importKey(), ""); err != nil {
		return err
	}
	_, err := c.tx.Enqueue(chat.Outgoing{
		Kind: chat.OutFetch, To: c.in.Chat.Place, Priority: chat.Answer, File: f, Person: c.person.ID,
		Action: &chat.Action{Verb: verbImport},
	})
	return err
}

// fetched hands what was fetched to the row that asked for it, with the rights
// that the person has now.
func (c *call) fetched() error {
	c.action = *c.in.Action
	r := c.h.byVerb[c.action.Verb]
	if r == nil || r.file == nil {
		return nil
	}
	if err := c.use(r); err != nil {
		return err
	}
	return r.file(c)
}

// importFetched reads the file and shows what it would change.
func (c *call) importFetched() error {
	switch c.in.Failure {
	case chat.FetchTooLarge:
		return refuse("import.file.too_large")
	case chat.FetchRefused:
		return refuse("import.gone", "Command", c.cmd(verbImport))
	}
	read, err := readDigest(c.in.Data)
	if err != nil {
		return err
	}
	if read.Draft == nil {
		return c.refuseFile(read)
	}
	id, err := c.tx.AddImport(c.person.ID, c.now, chat.Clean(c.in.File.Name), read.Draft)
	if err != nil {
		return err
	}
	i, err := c.importOf(id)
	if err != nil {
		return err
	}
	return c.showImport(i)
}

// A planDigest is a plan file as it was read, or why it could not be.
type planDigest struct {
	Draft *planfile.Draft
	File  *grid.Error     // what is wrong with the file
	Table *planfile.Error // or with its table
}

// digestPlan reads a plan file.
func digestPlan(data []byte) []byte {
	var d planDigest
	draft, err := planfile.Read(data)
	if err != nil && !errors.As(err, &d.File) && !errors.As(err, &d.Table) {
		d.File = &grid.Error{Code: grid.Unknown}
	}
	if err == nil {
		draft.DropEmpty()
		d.Draft = draft
	}
	digest, _ := json.Marshal(d) // texts and numbers: nothing that could fail
	return digest
}

// readDigest returns what digestPlan made; of nothing a damaged file.
func readDigest(data []byte) (planDigest, error) {
	if len(data) == 0 {
		return planDigest{File: &grid.Error{Code: grid.Damaged}}, nil
	}
	var d planDigest
	if err := json.Unmarshal(data, &d); err != nil {
		return d, fmt.Errorf("read the digest of a plan: %w", err)
	}
	return d, nil
}

// refuseFile says what the file is and what to send instead. keys:
// import.file.*, import.no_header
func (c *call) refuseFile(d planDigest) error {
	if d.File != nil {
		return refuse("import.file."+string(d.File.Code), "Line", d.File.Line, "Arg", d.File.Arg)
	}
	return refuse("import.no_header", "Columns", some(d.Table.Args, 4))
}
