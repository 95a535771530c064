// One message as it is shown.

import { avatar, tint } from "./avatar.js";
import { startEdit, startReply, sendText, speaker } from "./compose.js";
import { openLink } from "./dialogs.js";
import { serviceText } from "./list.js";
import { act, fileOf, message, name, store } from "./store.js";
import { formatted, icon, make } from "./text.js";
import { toast } from "./toast.js";
import { failure, size, time } from "./words.js";

// view returns the message's element. place says whether it is the speaker's
// own, stands in a private chat, follows another of the same sender, and ends
// such a row.
export function view(m, place) {
  if (m.service) return make("p", { className: "service", textContent: serviceText(m) });
  const box = make("article", { className: "message" });
  for (const [key, is] of Object.entries(place)) box.classList.toggle(key, is);
  box.id = elementId(m);
  box.setAttribute("aria-label", `${name(m.from)}, ${time(m.at)}`);
  if (!place.own && !place.alone && place.ends) box.append(avatar(m.from));
  box.append(bubble(m, place));
  if (m.buttons?.length) box.append(keyboard(m));
  return box;
}

const elementId = (m) => `message-${m.chat}-${m.id}`;

function bubble(m, place) {
  const box = make("div", { className: "bubble" });
  if (!place.own && !place.alone && !place.follows) {
    box.append(make("p", { className: `from ${m.from === store.bot.id ? "" : tint(m.from)}`, textContent: name(m.from) }));
  }
  const to = m.reply_to && message(m.chat, m.reply_to);
  if (to) box.append(quoted(to));
  if (m.file) box.append(file(m));
  if (m.text) box.append(make("div", { className: "text" }, ...formatted(m.text, m.entities, { command: sendText, link: openLink })));
  box.append(foot(m, place));
  return box;
}

// quoted leads to the message that is answered.
function quoted(to) {
  const line = (to.text ?? to.file?.name ?? "").split("\n")[0];
  const b = make("button", { type: "button", className: "to" }, make("b", { textContent: name(to.from) }), make("span", { textContent: line }));
  b.addEventListener("click", () => document.getElementById(elementId(to))?.scrollIntoView({ block: "center" }));
  return b;
}

function foot(m, place) {
  const reply = tool("reply", "Trả lời", m, startReply);
  const p = make("div", { className: "foot" });
  if (m.reaction) {
    const sign = make("span", { className: "reaction", textContent: m.reaction });
    sign.setAttribute("aria-label", `Bot đã bày tỏ ${m.reaction}`);
    sign.setAttribute("role", "img");
    p.append(sign);
  }
  p.append(reply);
  if (place.own && m.text) p.append(tool("edit", "Sửa", m, startEdit));
  p.append(make("span", { className: "gap" }));
  if (m.silent) p.append(make("span", { textContent: "không chuông" }));
  if (m.edited) p.append(make("span", { textContent: "đã sửa" }));
  p.append(make("time", { dateTime: m.at, textContent: time(m.at) }));
  return p;
}

function tool(sign, title, m, does) {
  const b = make("button", { type: "button", className: "tool", title }, icon(sign));
  b.setAttribute("aria-label", `${title} tin của ${name(m.from)} lúc ${time(m.at)}`);
  b.addEventListener("click", () => does(m));
  return b;
}

function file(m) {
  if (m.file.photo) {
    const alt = m.text ? `Hình ảnh: ${m.text.split("\n")[0]}` : "Hình ảnh do bot gửi";
    return make("a", { href: fileOf(m), target: "_blank", className: "photo" }, make("img", { src: fileOf(m), alt }));
  }
  return make("a", { href: fileOf(m), download: m.file.name, className: "file" }, icon("file"),
    make("span", {}, make("b", { textContent: m.file.name }), make("small", { textContent: size(m.file.size) })));
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
