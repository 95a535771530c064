// The list of chats.

import { avatar } from "./avatar.js";
import { last, name, store, unread } from "./store.js";
import { make, sync } from "./text.js";
import { date, time } from "./words.js";

const $ = (id) => document.getElementById(id);
const rows = new Map(); // by chat: the row with what it shows

export function showList() {
  for (const section of ["lead", "groups", "private"]) {
    sync($(section), store.chats.filter((c) => c.section === section).map(row));
  }
}

function row(chat) {
  const m = last(chat.id);
  const count = chat.id === store.open ? 0 : unread(chat.id);
  const person = store.people.get(chat.id);
  const state = JSON.stringify([store.round, chat.title, m?.id, m?.text, m && when(m.at), count, chat.id === store.open]);
  const known = rows.get(chat.id);
  if (known?.state === state) return known.element;
  const link = make(
    "a",
    { href: `#${chat.id}` },
    avatar(chat.id),
    make("span", { className: "name" }, chat.title, ...(person ? [" ", make("small", { textContent: person.role })] : [])),
    make("span", { className: "when", textContent: m ? when(m.at) : "" }),
    make("span", { className: "lastline" }, ...(m ? line(chat, m) : [person?.title ?? ""])),
  );
  if (person) link.title = person.title;
  if (chat.id === store.open) link.setAttribute("aria-current", "true");
  if (count > 0) {
    link.append(make("span", { className: "unread" }, String(count), make("span", { className: "sr", textContent: " tin chưa đọc" })));
  }
  const element = known?.element ?? make("li");
  const focused = element.contains(document.activeElement);
  element.replaceChildren(link);
  if (focused) link.focus();
  rows.set(chat.id, { state, element });
  return element;
}

// when is the time of today's messages, the date of others.
function when(at) {
  return at.slice(0, 10) === store.now?.slice(0, 10) ? time(at) : date(at).slice(0, 5);
}

function line(chat, m) {
  if (m.service) return [serviceText(m)];
  const text = m.text?.split("\n").find((l) => l.trim()) || (m.file?.photo ? "Hình ảnh" : m.file?.name ?? "");
  return chat.group ? [make("b", { textContent: `${shortName(m.from)}: ` }), text] : [text];
}

// shortName is what colleagues call somebody by: the last word.
const shortName = (id) => (id === store.bot.id ? name(id) : name(id).split(" ").at(-1));

export function serviceText(m) {
  const who = (m.users ?? []).map(name).join(", ");
  switch (m.service) {
    case "new_chat_members":
      return `${name(m.from)} thêm ${who} vào nhóm`;
    case "left_chat_member":
      return `${who} rời nhóm`;
    case "migrate_to_chat_id":
    case "migrate_from_chat_id":
      return "Nhóm đã chuyển thành siêu nhóm";
  }
  return "Nhóm có thay đổi";
}

// total is how many messages of the bot nobody looked at yet.
export const total = () => store.chats.reduce((n, c) => n + (c.id === store.open ? 0 : unread(c.id)), 0);

// Arrows go from chat to chat, as Tab does.
export function setUpList() {
  $("chats").addEventListener("keydown", (e) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    const links = [...$("chats").querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (!step || at < 0) return;
    e.preventDefault();
    links[(at + step + links.length) % links.length].focus();
  });
}
