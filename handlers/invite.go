package handlers

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
	"time"

	"dondoc/internal/chat"
	"dondoc/internal/plan"
	"dondoc/storage"
)

// How long links are good for: those of an admin, and the one that a start
// without any admin prints.
const (
	inviteSpan = 7 * 24 * time.Hour
	firstSpan  = 24 * time.Hour
)

// roleHead is the role of an invitation that makes a head.
const roleHead = "head"

// newToken returns 128 random bits as a deep link bears them, and the hash by
// which they are kept. A link opens one kind of chat: who was given one to bind
// a group does not become head by it.
func newToken(kind chat.ChatKind) (token string, hash []byte) {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails, by its documentation
	token = base64.RawURLEncoding.EncodeToString(b[:])
	return token, tokenHash(token, kind)
}

func tokenHash(token string, kind chat.ChatKind) []byte {
	if kind != chat.Private {
		token = "group " + token
	}
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// NewAdminLink stores an invitation that makes whoever opens it first an
// admin, good for 24 hours, and returns its link.
func NewAdminLink(tx *storage.Tx, now time.Time, links Links) (string, error) {
	token, hash := newToken(chat.Private)
	err := tx.AddInvitation(hash, storage.Invitation{Role: string(plan.Admin), Expires: now.Add(firstSpan)})
	return links.Start(token), err
}

// invite gives an admin a link for a unit, a director or another admin.
func (c *call) invite() error {
	var i storage.Invitation
	switch words := plan.Fold(c.args); words {
	case "":
		return refuse("refuse.form.invite", "Command", c.commandName(c.row))
	case "director", "giam doc", "lanh dao so":
		i.Role = string(plan.Director)
	case "admin", "quan tri":
		i.Role = string(plan.Admin)
	default:
		u, ok := c.snap.Roster.Find(c.args)
		if !ok {
			return c.refuseUnit(c.args)
		}
		i.Role, i.Unit = roleHead, u.Code
	}
	return c.sendInvitation(i)
}

// sendInvitation stores an invitation and answers with its links.
func (c *call) sendInvitation(i storage.Invitation) error {
	i.By, i.Expires = c.person.ID, c.now.Add(inviteSpan)
	token, hash := newToken(chat.Private)
	if err := c.tx.AddInvitation(hash, i); err != nil {
		return err
	}
	link := c.h.Links.Start(token)
	if err := c.tx.Trail(c.now, c.person.ID, "invite", i.Role+" "+i.Unit); err != nil {
		return err
	}
	if i.Role != roleHead {
		_, err := c.say(c.t("invite."+i.Role, "Link", link, "Until", c.moment(i.Expires))) // keys: invite.*
		return err
	}
	groupToken, groupHash := newToken(chat.Group)
	if err := c.tx.AddInvitation(groupHash, i); err != nil {
		return err
	}
	_, err := c.say(c.t("invite.head", "Unit", c.unitName(i.Unit), "Link", link,
		"GroupLink", c.h.Links.StartGroup(groupToken), "Until", c.moment(i.Expires)))
	return err
}

// start greets, and lets in whoever brings a good link.
func (c *call) start() error {
	token := strings.TrimSpace(c.args)
	if token != "" && c.cameBy(token) {
		token = ""
	}
	switch {
	case token == "" && c.standing&admin != 0 && c.in.Chat.Kind == chat.Private && c.plan.Published == 0:
		if err := c.personMenu(c.person.ID); err != nil {
			return err
		}
		return c.goOn(verbSetup)
	case token == "":
		return c.help()
	}
	inv, err := c.invitation(token)
	if err != nil {
		return err
	}
	if c.in.Chat.Kind == chat.Private {
		return c.letIn(inv, token)
	}
	_, err = c.tx.Enqueue(chat.Outgoing{
		Kind: chat.OutAskRank, To: c.in.Chat.Place, Priority: chat.Answer, Person: c.person.ID,
		Action: &chat.Action{Verb: "bind", Arg: token, Name: called(c.in.From)},
	})
	return err
}

// cameBy reports whether this is the link by which the person was let in, opened
// once more to come here.
func (c *call) cameBy(token string) bool {
	inv, err := c.tx.Invitation(tokenHash(token, chat.Private))
	return err == nil && c.in.Chat.Kind == chat.Private && inv.Used && inv.UsedBy == c.person.ID && c.standing != stranger
}

// invitation returns a link's invitation while it is good. That of a first admin
// is good for nobody else.
func (c *call) invitation(token string) (storage.Invitation, error) {
	inv, err := c.tx.Invitation(tokenHash(token, c.in.Chat.Kind))
	if errors.Is(err, storage.ErrNotFound) && c.in.Chat.Kind != chat.Private {
		if _, err := c.tx.Invitation(tokenHash(token, chat.Private)); err == nil {
			return inv, refuse("refuse.link_private")
		}
	}
	dead := errors.Is(err, storage.ErrNotFound) || err == nil && (inv.Used || c.now.After(inv.Expires))
	if err == nil && inv.By == 0 {
		admins, err := c.tx.WithRole(plan.Admin)
		if err != nil {
			return inv, err
		}
		dead = dead || len(admins) > 0
	}
	switch {
	case dead && c.standing == stranger && c.in.Chat.Kind == chat.Private:
		return inv, c.staleLink()
	case dead:
		return inv, refuse("refuse.link_dead")
	}
	return inv, err
}

// staleLink tells a stranger that his link is no good, which counts as the one
// refusal of the day.
func (c *call) staleLink() error {
	first, err := c.tx.FirstRefusalOf(c.in.From.ID, c.today)
	if err != nil {
		return err
	}
	if !first {
		return errSilent
	}
	return errStale
}

// errSilent and errStale end a call: without a word, and with the line that
// the link is no good. Unlike a refusal they keep what the call stored.
var (
	errSilent = errors.New("nothing is said")
	errStale  = errors.New("the link is no good")
)

// letIn makes the person what the invitation says.
func (c *call) letIn(inv storage.Invitation, token string) error {
	if inv.Role == string(plan.Director) && c.person.Role == plan.Admin {
		return refuse("refuse.admin_stays")
	}
	inv.Unit = c.successor(inv.Unit)
	name := called(c.in.From)
	if err := c.grant(inv, name); err != nil {
		return err
	}
	if err := c.tx.UseInvitation(tokenHash(token, chat.Private), c.person.ID, c.now); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "link_used", inv.Role+" "+inv.Unit); err != nil {
		return err
	}
	if _, err := c.say(c.t("let_in.welcome", "Role", c.roleName(inv), "Help", c.cmd(verbHelp))); err != nil {
		return err
	}
	err := c.tellAdmins(func(c *call) (chat.Markup, [][]chat.Button) {
		return c.t("let_in.told", "Name", name, "ID", c.in.From.ID, "Role", c.roleName(inv)), nil
	})
	switch {
	case err != nil:
		return err
	case inv.Role == roleHead:
		return c.adoptPrivateChat(inv.Unit)
	case inv.Role == string(plan.Admin) && c.plan.Published == 0:
		return c.setup() // nothing has been given out: there is an office to set up
	}
	return nil
}

// grant gives the person, who is called so, the role of the invitation.
func (c *call) grant(inv storage.Invitation, name string) error {
	if inv.Role == roleHead {
		return c.addHead(c.person.ID, name, inv.Unit)
	}
	if err := c.tx.KeepName(c.person.ID, name); err != nil {
		return err
	}
	if err := c.tx.SetRole(c.person.ID, plan.Role(inv.Role)); err != nil {
		return err
	}
	return c.personMenu(c.person.ID)
}

func (c *call) roleName(inv storage.Invitation) string {
	return chat.Plain(c.t("role."+inv.Role, "Unit", c.unitName(inv.Unit))) // keys: role.*
}

// adoptPrivateChat makes a head's private chat the unit's, if the unit has
// none.
func (c *call) adoptPrivateChat(unit string) error {
	if _, has := c.snap.Chats[unit]; has {
		return nil
	}
	u, ok := c.snap.Roster.Unit(unit)
	if !ok {
		return nil
	}
	if err := c.tx.LinkUnit(unit, c.in.Chat.Place); err != nil {
		return err
	}
	return c.postTasks(u, c.in.Chat.Place)
}

// ranked goes on with what a person's standing in a group was asked for.
func (c *call) ranked() error {
	a := c.in.Rank.Action
	if a.Verb != "bind" {
		return nil
	}
	if !c.in.Rank.Admin {
		return refuse("refuse.group_admin")
	}
	inv, err := c.invitation(a.Arg)
	if err != nil {
		return err
	}
	inv.Unit = c.successor(inv.Unit)
	u, ok := c.snap.Roster.Unit(inv.Unit)
	if !ok {
		return refuse("refuse.link_dead")
	}
	if err := c.tx.UseInvitation(tokenHash(a.Arg, c.in.Chat.Kind), c.in.From.ID, c.now); err != nil {
		return err
	}
	if err := c.tx.Trail(c.now, c.person.ID, "link_used", "group "+inv.Unit); err != nil {
		return err
	}
	err = c.tellAdmins(func(c *call) (chat.Markup, [][]chat.Button) {
		return c.t("let_in.told_group", "Name", a.Name, "ID", c.in.From.ID, "Unit", u.Name), nil
	})
	if err != nil {
		return err
	}
	return c.bind(u)
}
