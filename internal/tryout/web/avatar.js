// The round sign of a chat or a person: initials on a colour of its own.

import { store } from "./store.js";

const tints = 7;

// tint returns the class of the colour that the id has everywhere.
export function tint(id) {
  let n = Math.abs(id) % 100003;
  n = (n * 31 + (n >> 3)) % 997;
  return `tint-${n % tints}`;
}

// initials are the first letters of the last two words of a person's name, of
// the first two words of a unit's.
function initials(id) {
  const c = store.chats.find((x) => x.id === id);
  const words = (store.people.get(id)?.name ?? c?.title ?? "").split(/[\s-]+/).filter((w) => /^\p{L}/u.test(w));
  const two = id > 0 ? words.slice(-2) : words.slice(0, 2);
  return two.map((w) => w[0].toUpperCase()).join("");
}

// dress makes the element the avatar of a person, a chat or the bot.
export function dress(element, id, size = "") {
  const bot = id === store.bot.id;
  element.className = `avatar ${size} ${bot ? "bot" : tint(id)}`;
  element.textContent = bot ? "" : initials(id);
  element.setAttribute("aria-hidden", "true");
  return element;
}

export const avatar = (id, size) => dress(document.createElement("span"), id, size);
