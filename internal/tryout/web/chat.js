// The messages of the open chat.

import { dress } from "./avatar.js";
import { view } from "./bubble.js";
import { speaker } from "./compose.js";
import { chat, messages, name, store } from "./store.js";
import { make, sync } from "./text.js";
import { day } from "./words.js";

const $ = (id) => document.getElementById(id);
const log = $("log");
let shown = { key: "", nodes: new Map() };
let atEnd = true; // the last message can be seen, and shall be when others follow

const near = 80; // pixels

log.addEventListener("scroll", () => {
  atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < near;
  $("to-end").hidden = atEnd;
});
$("to-end").addEventListener("click", () => {
  toEnd();
  log.focus({ preventScroll: true });
});

// Whatever takes room from the messages must not hide the last one.
new ResizeObserver(() => {
  if (atEnd) toEnd();
}).observe(log);
log.addEventListener("load", () => atEnd && toEnd(), true); // pictures

function toEnd() {
  log.scrollTop = log.scrollHeight;
}

// showChat brings the messages up to date; jump goes to the last one.
export function showChat(jump) {
  const key = `${store.round}/${store.open}`;
  if (shown.key !== key) {
    shown = { key, nodes: new Map() };
    jump = true;
  }
  const follow = jump || atEnd;
  sync(log, nodes());
  if (follow) toEnd();
}

function nodes() {
  const list = messages(store.open);
  const me = speaker();
  const alone = !chat(store.open)?.group;
  const all = [];
  let today = "";
  list.forEach((m, i) => {
    if (m.at.slice(0, 10) !== today) {
      today = m.at.slice(0, 10);
      all.push(keyed(`day ${today}`, "", () => make("p", { className: "day", textContent: day(m.at) })));
    }
    const place = { own: m.from === me, alone, follows: joined(list[i - 1], m), ends: !joined(m, list[i + 1]) };
    all.push(keyed(`message ${m.id}`, JSON.stringify([m, place]), () => view(m, place)));
  });
  if (all.length === 0) all.push(keyed("none", "", () => make("p", { className: "none", textContent: "Chưa có tin nhắn" })));
  return all;
}

// joined reports whether b stands under a without a name of its own.
function joined(a, b) {
  return Boolean(a && b && a.from === b.from && !a.service && !b.service && a.at.slice(0, 10) === b.at.slice(0, 10));
}

// keyed returns the node that was made of the same state, or makes it anew; what
// had the focus in it keeps it, and a quote that was opened stays open.
function keyed(key, state, build) {
  const known = shown.nodes.get(key);
  if (known?.state === state) return known.node;
  const node = build();
  if (known) {
    const focusable = "button, a";
    const at = [...known.node.querySelectorAll(focusable)].indexOf(document.activeElement);
    known.node.replaceWith(node);
    if (at >= 0) (node.querySelectorAll(focusable)[at] ?? log).focus();
  }
  shown.nodes.set(key, { state, node });
  return node;
}

// showHead names the open chat and who is in it.
export function showHead() {
  const c = chat(store.open);
  if (!c) return;
  dress($("avatar"), c.id);
  $("title").textContent = c.title;
  const people = c.people.map((id) => store.people.get(id)).filter(Boolean);
  $("subtitle").textContent = c.group
    ? `${c.members.length} thành viên: ${c.members.map(name).join(", ")}`
    : `${people[0]?.title ?? ""}, trò chuyện riêng với bot`;
}
