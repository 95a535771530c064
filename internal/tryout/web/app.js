// The page of the try-out: it shows the chats as they stand and follows them.

import { showChat, showHead } from "./chat.js";
import { answerQuestion, leave, setUpCompose, showSpeakers } from "./compose.js";
import { setUpDialogs } from "./dialogs.js";
import { setUpList, showList, total } from "./list.js";
import { chat, look, markRead, store, take } from "./store.js";
import { day, failure, time } from "./words.js";

const $ = (id) => document.getElementById(id);

let tick = { at: 0, shown: 0, speed: 1 }; // what the clock showed at a moment of the page's own time

// The time of the try-out runs on between two answers of the server.
function showClock() {
  if (!tick.at) return;
  const now = new Date(tick.shown + (performance.now() - tick.at) * tick.speed);
  store.now = now.toISOString().slice(0, 19);
  const words = `${day(store.now)} · ${time(store.now)}`;
  if ($("now").textContent === words) return;
  $("now").textContent = words;
  $("now").dateTime = store.now;
}

function keepClock(view) {
  // The zone's offset is left out: the clock is shown as it stands there.
  tick = { at: performance.now(), shown: Date.parse(`${view.now.slice(0, 19)}Z`), speed: view.speed };
  showClock();
}

function showStatus(error) {
  const states = {
    setting_up: "Đang dựng các nhóm và đầu mối…",
    failed: "Chưa dựng xong các nhóm; chọn “Bắt đầu lại”.",
  };
  $("status").textContent = error ? failure("offline") : states[store.setUp] ?? "";
}

function route() {
  const id = Number(location.hash.slice(1));
  const known = id && chat(id);
  document.body.dataset.view = known ? "chat" : "list";
  if (!known && store.open && chat(store.open)) return; // wide windows show both
  const to = known ? id : store.chats.find((c) => c.group)?.id ?? 0;
  if (to !== store.open) {
    leave();
    store.open = to;
    showOpened();
    if (known) $("title").focus({ preventScroll: true });
  }
}

function showOpened() {
  showHead();
  showSpeakers();
  showChat(true);
  read();
}

// A chat is read while it can be seen.
function read() {
  if (!document.hidden && (document.body.dataset.view === "chat" || innerWidth > 760)) markRead(store.open);
  showList();
  const n = total();
  document.title = `${n ? `(${n}) ` : ""}Đôn đốc – bản dùng thử`;
}

function update(view) {
  const { anew, changed } = take(view);
  keepClock(view);
  showStatus();
  if (anew) {
    leave();
    if (!chat(store.open)) store.open = 0;
    route();
    showOpened();
    return;
  }
  if (changed.has(store.open)) {
    showChat(false);
    answerQuestion();
  }
  read();
}

async function follow() {
  for (;;) {
    try {
      update(await look(store.cursor));
    } catch (e) {
      if (e.code === undefined) throw e;
      showStatus(e);
      await new Promise((resume) => setTimeout(resume, 1000));
    }
  }
}

setUpCompose(() => showChat(false));
setUpList();
setUpDialogs();
addEventListener("hashchange", () => {
  route();
  read();
});
document.addEventListener("visibilitychange", read);
setInterval(showClock, 1000);
follow();
