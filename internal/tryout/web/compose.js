// The field in which one writes, as somebody of the chat.

import { dress } from "./avatar.js";
import { closeMenu, menuKey, setUpMenu, suggest } from "./menu.js";
import { act, chat, last, messages, name, store } from "./store.js";
import { make } from "./text.js";
import { failure } from "./words.js";
import { toast } from "./toast.js";

const $ = (id) => document.getElementById(id);
const text = $("text");
const select = $("speaker");
const chosen = new Map(); // by chat: who one is there
let replyTo = null;
let edited = null; // the own message that is being changed
let attached = null;
let sending = false; // what is written is on its way: nobody means it twice
let asked = 0; // the last message that asked for a reply by itself
let switched = () => {};

export const speaker = () => Number(select.value);

// showSpeakers offers the people of the open chat.
export function showSpeakers() {
  const people = (chat(store.open)?.people ?? []).map((id) => store.people.get(id));
  select.replaceChildren(...people.map((p) => make("option", { value: p.id, textContent: `${p.name} – ${p.title}` })));
  select.disabled = people.length < 2;
  const known = chosen.get(store.open);
  if (known && people.some((p) => p.id === known)) select.value = known;
  dress($("speaker-avatar"), speaker(), "small");
}

// speakAs chooses who one is in the open chat.
export function speakAs(id) {
  chosen.set(store.open, id);
  showSpeakers();
  switched();
}

// draft puts the words into the field, ready to be sent.
export function draft(words) {
  text.value = words;
  grow();
  text.focus();
}

// leave forgets what belongs to the chat that is left.
export function leave() {
  endReply();
  detach();
  closeMenu();
}

export function startReply(m) {
  endReply();
  replyTo = m;
  $("reply-title").textContent = `Trả lời ${name(m.from)}`;
  $("reply-text").textContent = (m.text ?? m.file?.name ?? "").split("\n")[0];
  $("reply").hidden = false;
  text.placeholder = m.prompt || "Nội dung trả lời";
  text.focus();
}

// startEdit takes an own message back into the field.
export function startEdit(m) {
  endReply();
  edited = m;
  $("reply-title").textContent = "Sửa tin nhắn";
  $("reply-text").textContent = m.text.split("\n")[0];
  $("reply").hidden = false;
  draft(m.text);
}

export function endReply() {
  if (edited) draft("");
  replyTo = edited = null;
  $("reply").hidden = true;
  text.placeholder = "Tin nhắn";
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

// sendText sends the words at once, and leaves alone what is being written.
export const sendText = (words) => send({ text: words });

async function send(what, name = "say") {
  try {
    await act(name, { user: speaker(), chat: store.open, ...what });
    return true;
  } catch (e) {
    toast(failure(e.code));
    return false;
  }
}

async function submit() {
  if (sending || (text.value.trim() === "" && !attached)) return;
  sending = true;
  const sent = await (edited ? send({ text: text.value, message: edited.id }, "edit") : send(written()));
  sending = false;
  if (!sent) return;
  text.value = "";
  grow();
  leave();
}

function written() {
  const what = { text: text.value, reply_to: replyTo?.id ?? 0 };
  if (attached) what.file = attached;
  return what;
}

// The field grows with its text, up to what the style allows.
function grow() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
}

const lastOwn = () => messages(store.open).findLast((m) => m.from === speaker() && m.text && !m.service);

function key(e) {
  if (e.isComposing) return;
  if (menuKey(e)) return;
  if (e.key === "Escape" && (replyTo || edited)) endReply();
  else if (e.key === "ArrowUp" && text.value === "" && lastOwn()) startEdit(lastOwn());
  else if (e.key === "Enter" && !e.shiftKey) submit();
  else return;
  e.preventDefault();
}

// setUpCompose makes the field work; onSwitch is called when one becomes
// somebody else.
export function setUpCompose(onSwitch) {
  switched = onSwitch;
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
  select.addEventListener("change", () => speakAs(speaker()));
  $("reply-cancel").addEventListener("click", endReply);
  $("attached-cancel").addEventListener("click", detach);
  setUpMenu((command) => {
    text.value = "";
    grow();
    sendText(command);
  });
}
