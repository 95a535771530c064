// The messages of the open chat.

import { act, chat, fileOf, message, messages, name, store } from "./store.js";
import { serviceText } from "./list.js";
import { formatted, make, sync } from "./text.js";
import { day, failure, size, time } from "./words.js";
import { speaker, startReply, sendText } from "./compose.js";
import { openLink } from "./dialogs.js";
import { toast } from "./toast.js";

const log = document.getElementById("log");
let shown = { key: "", nodes: new Map() };
let atEnd = true; // the last message can be seen, and shall be when others follow

log.addEventListener("scroll", () => {
  atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
});

// Whatever takes room from the messages must not hide the last one.
new ResizeObserver(() => {
  if (atEnd) toEnd();
}).observe(log);

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
  const nodes = [];
  let today = "";
  for (const m of messages(store.open)) {
    if (m.at.slice(0, 10) !== today) {
      today = m.at.slice(0, 10);
      nodes.push(keyed(`day ${today}`, "", () => make("p", { className: "day", textContent: day(m.at) })));
    }
    nodes.push(keyed(`message ${m.id}`, JSON.stringify(m), () => view(m)));
  }
  if (nodes.length === 0) nodes.push(keyed("none", "", () => make("p", { className: "none", textContent: "Chưa có tin nhắn" })));
  sync(log, nodes);
  if (follow) toEnd();
}

// keyed returns the node that was made of the same state, or makes it anew; what
// had the focus in it keeps it.
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

function view(m) {
  if (m.service) return make("p", { className: "service", textContent: serviceText(m) });
  const fromBot = m.from === store.bot.id;
  const box = make("article", { className: fromBot ? "message bot" : "message" });
  box.setAttribute("aria-label", `${name(m.from)}, ${time(m.at)}`);
  box.append(make("p", { className: "from", textContent: name(m.from) }));
  const to = m.reply_to && message(m.chat, m.reply_to);
  if (to) box.append(make("p", { className: "to" }, make("b", { textContent: name(to.from) }), ` ${(to.text ?? to.file?.name ?? "").split("\n")[0]}`));
  if (m.file) box.append(file(m));
  if (m.text) box.append(make("div", { className: "text" }, ...formatted(m.text, m.entities, { command: sendText, link: openLink })));
  box.append(foot(m));
  if (m.buttons?.length) box.append(keyboard(m));
  return box;
}

function foot(m) {
  const reply = make("button", { type: "button", className: "reply", textContent: "Trả lời" });
  reply.setAttribute("aria-label", `Trả lời tin của ${name(m.from)} lúc ${time(m.at)}`);
  reply.addEventListener("click", () => startReply(m));
  const p = make("p", { className: "foot" });
  if (m.reaction) {
    const sign = make("span", { className: "reaction", textContent: m.reaction });
    sign.setAttribute("aria-label", `Bot đã bày tỏ ${m.reaction}`);
    sign.setAttribute("role", "img");
    p.append(sign);
  }
  p.append(reply);
  if (m.silent) p.append(make("span", { textContent: "không chuông" }));
  if (m.edited) p.append(make("span", { textContent: "đã sửa" }));
  p.append(make("time", { dateTime: m.at, textContent: time(m.at) }));
  return p;
}

function file(m) {
  if (m.file.photo) {
    const image = make("img", { src: fileOf(m), alt: "Hình ảnh do bot gửi" });
    image.addEventListener("load", () => {
      if (atEnd) toEnd();
    });
    return make("a", { href: fileOf(m), target: "_blank", className: "photo" }, image);
  }
  return make("a", { href: fileOf(m), download: m.file.name, className: "file" },
    make("span", { textContent: "📄 " }), make("span", { textContent: m.file.name }), make("small", { textContent: ` ${size(m.file.size)}` }));
}

function keyboard(m) {
  const rows = m.buttons.map((row) => make("div", { className: "row" }, ...row.map((b) => button(m, b))));
  const box = make("div", { className: "keyboard" }, ...rows);
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Các nút của tin nhắn");
  return box;
}

function button(m, b) {
  const element = make("button", { type: "button", textContent: b.text });
  element.addEventListener("click", () => {
    if (b.url) openLink(b.url);
    else if (b.copy_text) copy(b.copy_text.text);
    else if (b.callback_data) press(element, m, b);
  });
  return element;
}

async function copy(text) {
  await navigator.clipboard.writeText(text).catch(() => {});
  toast("Đã chép vào bộ nhớ tạm.");
}

async function press(element, m, b) {
  if (element.getAttribute("aria-busy") === "true") return;
  element.setAttribute("aria-busy", "true");
  try {
    const answer = await act("press", { user: speaker(), chat: m.chat, message: m.id, data: b.callback_data });
    if (!answer.answered) toast("Bot chưa trả lời nút này.");
    else if (answer.text) toast(answer.text, answer.alert);
  } catch (e) {
    toast(failure(e.code));
  } finally {
    element.removeAttribute("aria-busy");
  }
}

// showHead names the open chat and who is in it.
export function showHead() {
  const c = chat(store.open);
  document.getElementById("title").textContent = c?.title ?? "";
  const people = (c?.people ?? []).map((id) => store.people.get(id)).filter(Boolean);
  document.getElementById("subtitle").textContent = c?.group
    ? people.map((p) => p.name).concat(store.bot.name).join(", ")
    : people[0]?.title ?? "";
}
