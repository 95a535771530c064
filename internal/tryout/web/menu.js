// The bot's commands, offered as one types: those that the bot set for whom one
// is in the chat.

import { speaker } from "./compose.js";
import { menuOf, store } from "./store.js";
import { make } from "./text.js";

const $ = (id) => document.getElementById(id);
const text = $("text");
const menu = $("menu");
const list = $("commands");
let commands = [];
let active = -1;
let send = () => {};

// suggest shows the commands that begin as the field does.
export async function suggest() {
  const typed = /^\/(\w*)$/.exec(text.value);
  if (!typed) return closeMenu();
  const all = await menuOf(speaker(), store.open).catch(() => []);
  if (text.value !== typed[0]) return; // typed on meanwhile
  commands = all.filter((c) => c.command.startsWith(typed[1].toLowerCase()));
  active = -1;
  list.replaceChildren(...commands.map(option));
  menu.hidden = commands.length === 0;
  $("found").textContent = menu.hidden ? "" : `${commands.length} lệnh, phím mũi tên để chọn`;
}

function option(c, i) {
  const element = make("li", { id: `command-${i}` }, make("b", { textContent: `/${c.command}` }), make("span", { textContent: c.description }));
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
  element.addEventListener("mousedown", (e) => e.preventDefault()); // the field keeps the focus
  element.addEventListener("click", () => run(i));
  return element;
}

function run(i) {
  const command = `/${commands[i].command}`;
  closeMenu();
  send(command);
}

function fill(i) {
  text.value = `/${commands[i].command} `;
  closeMenu();
}

export function closeMenu() {
  commands = [];
  active = -1;
  menu.hidden = true;
  $("found").textContent = "";
  text.removeAttribute("aria-activedescendant");
}

function move(step) {
  active = active < 0 && step < 0 ? commands.length - 1 : (active + step + commands.length) % commands.length;
  [...list.children].forEach((e, i) => e.setAttribute("aria-selected", String(i === active)));
  list.children[active].scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", `command-${active}`);
}

// menuKey does what the key means to the open menu, and reports whether it
// means anything.
export function menuKey(e) {
  if (menu.hidden) return false;
  if (e.key === "ArrowDown" || e.key === "ArrowUp") move(e.key === "ArrowUp" ? -1 : 1);
  else if (e.key === "Escape") closeMenu();
  else if (e.key === "Enter" && active >= 0) run(active);
  else if (e.key === "Tab" && !e.shiftKey && (active >= 0 || commands.length === 1)) fill(Math.max(active, 0));
  else return false;
  e.preventDefault();
  return true;
}

// setUpMenu calls onRun with the command that is chosen.
export function setUpMenu(onRun) {
  send = onRun;
  $("menu-open").addEventListener("mousedown", (e) => e.preventDefault());
  $("menu-open").addEventListener("click", () => {
    if (!menu.hidden) return closeMenu();
    text.value = "/";
    text.focus();
    return suggest();
  });
}
