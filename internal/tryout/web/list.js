// The list of chats.

import { last, name, store, unread } from "./store.js";
import { make, sync } from "./text.js";
import { date, time } from "./words.js";

const $ = (id) => document.getElementById(id);
const rows = new Map(); // by chat: the row with what it shows

export function showList() {
  sync($("groups"), store.chats.filter((c) => c.group).map(row));
  sync($("private"), store.chats.filter((c) => !c.group).map(row));
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
    make("span", { className: "name", textContent: chat.title }),
    make("span", { className: "when", textContent: m ? when(m.at) : "" }),
    make("span", { className: "lastline", textContent: m ? line(chat, m) : person?.title ?? "" }),
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
  if (m.service) return serviceText(m);
  const text = m.text?.split("\n")[0] || (m.file?.photo ? "Hình ảnh" : m.file?.name ?? "");
  return chat.group ? `${name(m.from)}: ${text}` : text;
}

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
