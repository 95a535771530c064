// The field in which one writes, as somebody of the chat.

import { act, chat, last, menuOf, name, store } from "./store.js";
import { make } from "./text.js";
import { failure } from "./words.js";
import { toast } from "./toast.js";

const $ = (id) => document.getElementById(id);
const text = $("text");
const select = $("speaker");
const menu = $("menu");
const chosen = new Map(); // by chat: who one is there
let replyTo = null;
let attached = null;
let asked = 0; // the last message that asked for a reply by itself
let commands = [];
let active = -1;

export const speaker = () => Number(select.value);

// showSpeakers offers the people of the open chat.
export function showSpeakers() {
  const people = (chat(store.open)?.people ?? []).map((id) => store.people.get(id));
  select.replaceChildren(...people.map((p) => make("option", { value: p.id, textContent: `${p.name} (${p.title})` })));
  const known = chosen.get(store.open);
  if (known && people.some((p) => p.id === known)) select.value = known;
}

// leave forgets what belongs to the chat that is left.
export function leave() {
  endReply();
  detach();
  closeMenu();
}

export function startReply(m) {
  replyTo = m;
  $("reply-title").textContent = `Trả lời ${name(m.from)}`;
  $("reply-text").textContent = (m.text ?? m.file?.name ?? "").split("\n")[0];
  $("reply").hidden = false;
  text.placeholder = m.prompt || "Nội dung trả lời";
  text.focus();
}

export function endReply() {
  replyTo = null;
  $("reply").hidden = true;
  text.placeholder = "Nội dung; / để xem các lệnh";
}

// answerQuestion starts the reply that the chat's last message asks for.
export function answerQuestion() {
  const m = last(store.open);
  if (m?.ask_reply && m.id !== asked) {
    asked = m.id;
    startReply(m);
  }
}

export function attach(file) {
  attached = file;
  $("attached-name").textContent = file.name;
  $("attached").hidden = false;
  text.focus();
}

function detach() {
  attached = null;
  $("attached").hidden = true;
}

export const sendText = (words) => send({ text: words });

async function send(what) {
  try {
    await act("say", { user: speaker(), chat: store.open, ...what });
    return true;
  } catch (e) {
    toast(failure(e.code));
    return false;
  }
}

async function submit() {
  if (text.value.trim() === "" && !attached) return;
  const what = { text: text.value, reply_to: replyTo?.id ?? 0 };
  if (attached) what.file = attached;
  if (!(await send(what))) return;
  text.value = "";
  grow();
  leave();
}

// The field grows with its text, up to what the style allows.
function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

async function suggest() {
  const typed = /^\/(\w*)$/.exec(text.value);
  if (!typed) return closeMenu();
  const all = await menuOf(speaker(), store.open).catch(() => []);
  if (!text.value.startsWith(`/${typed[1]}`)) return; // typed on meanwhile
  commands = all.filter((c) => c.command.startsWith(typed[1].toLowerCase()));
  active = -1;
  menu.replaceChildren(...commands.map(option));
  menu.hidden = commands.length === 0;
  text.setAttribute("aria-expanded", String(!menu.hidden));
}

function option(c, i) {
  const element = make("li", { id: `command-${i}` }, make("b", { textContent: `/${c.command}` }), ` ${c.description}`);
  element.setAttribute("role", "option");
  element.addEventListener("mousedown", (e) => {
    e.preventDefault(); // the field keeps the focus
    take(i);
  });
  return element;
}

function take(i) {
  text.value = `/${commands[i].command} `;
  closeMenu();
  text.focus();
}

function closeMenu() {
  commands = [];
  active = -1;
  menu.hidden = true;
  text.setAttribute("aria-expanded", "false");
  text.removeAttribute("aria-activedescendant");
}

function move(step) {
  active = active < 0 && step < 0 ? commands.length - 1 : (active + step + commands.length) % commands.length;
  [...menu.children].forEach((e, i) => e.setAttribute("aria-selected", String(i === active)));
  menu.children[active].scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", `command-${active}`);
}

function key(e) {
  if (e.isComposing) return;
  const open = !menu.hidden;
  if (open && (e.key === "ArrowDown" || e.key === "ArrowUp")) move(e.key === "ArrowUp" ? -1 : 1);
  else if (open && e.key === "Escape") closeMenu();
  else if (open && active >= 0 && (e.key === "Enter" || e.key === "Tab")) take(active);
  else if (e.key === "Escape" && replyTo) endReply();
  else if (e.key === "Enter" && !e.shiftKey) submit();
  else return;
  e.preventDefault();
}

export function setUpCompose() {
  $("compose").addEventListener("submit", (e) => {
    e.preventDefault();
    submit();
  });
  text.addEventListener("keydown", key);
  text.addEventListener("input", () => {
    grow();
    suggest();
  });
  text.addEventListener("blur", closeMenu);
  select.addEventListener("change", () => chosen.set(store.open, speaker()));
  $("reply-cancel").addEventListener("click", endReply);
  $("attached-cancel").addEventListener("click", detach);
}
