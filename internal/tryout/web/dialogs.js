// The boxes: file, link, restart.

import { attach, speaker } from "./compose.js";
import { act, store } from "./store.js";
import { make } from "./text.js";
import { failure } from "./words.js";

const $ = (id) => document.getElementById(id);
const maxFile = 8 * 1024 * 1024; // bytes; the server takes a little more

let link = "";

// openLink asks who opens a link to the bot; other links are only shown.
export function openLink(address) {
  link = /^[a-z]+:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(link)) return;
  const url = new URL(link);
  const group = url.searchParams.has("startgroup");
  $("link-text").textContent = link;
  $("link-user").replaceChildren(...[...store.people.values()].map((p) =>
    make("option", { value: p.id, textContent: `${p.name} – ${p.title}`, selected: p.id === speaker() })));
  $("link-group-label").hidden = !group;
  $("link-group").replaceChildren(...store.chats.filter((c) => c.group).map((c) =>
    make("option", { value: c.id, textContent: c.title })));
  $("link-error").textContent = "";
  $("link-dialog").showModal();
}

// attempt does what a box is for and closes it, or says in it why not.
export async function attempt(box, name, body) {
  const error = $(`${box}-error`);
  try {
    const done = await act(name, body);
    $(`${box}-dialog`).close();
    return done;
  } catch (e) {
    if (error) error.textContent = failure(e.code);
    return null;
  }
}

function setUpLink() {
  $("link-open").addEventListener("click", async () => {
    const group = $("link-group-label").hidden ? 0 : Number($("link-group").value);
    const done = await attempt("link", "open", { user: Number($("link-user").value), link, group });
    if (done) location.hash = `#${done.chat}`;
  });
}

function setUpFile() {
  $("attach").addEventListener("click", () => {
    for (const id of ["file-chosen", "file-name", "file-text"]) $(id).value = "";
    $("file-error").textContent = "";
    $("file-dialog").showModal();
  });
  $("file-add").addEventListener("click", async () => {
    const chosen = $("file-chosen").files[0];
    const name = chosen?.name ?? $("file-name").value.trim();
    if (!name) {
      $("file-error").textContent = "Chưa kèm tệp. Cần chọn tệp hoặc đặt tên tệp.";
      return;
    }
    if (chosen?.size > maxFile) {
      $("file-error").textContent = "Chưa kèm tệp. Tệp lớn hơn 8 MB.";
      return;
    }
    const bytes = chosen ? new Uint8Array(await chosen.arrayBuffer()) : new TextEncoder().encode($("file-text").value || name);
    $("file-dialog").close();
    attach({ name, data: base64(bytes) });
  });
}

function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

export function setUpDialogs() {
  setUpLink();
  setUpFile();
  for (const id of ["restart", "restart-too"]) {
    $(id).addEventListener("click", () => {
      $("clock-dialog").close();
      $("restart-error").textContent = "";
      $("restart-dialog").showModal();
    });
  }
  $("restart-now").addEventListener("click", () => attempt("restart", "restart", {}));
}
