// The page of the try-out: it shows the chats as they stand and follows them.

import { showChat, showHead } from "./chat.js";
import { keepClock, setUpClock } from "./clock.js";
import { answerQuestion, leave, setUpCompose, showSpeakers } from "./compose.js";
import { setUpDialogs } from "./dialogs.js";
import { setUpList, showList, total } from "./list.js";
import { chat, look, markRead, store, take } from "./store.js";
import { setUpSide, showSide } from "./side.js";
import { failure } from "./words.js";

const $ = (id) => document.getElementById(id);

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
  showSide();
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
setUpClock();
setUpSide();
addEventListener("hashchange", () => {
  route();
  read();
});
document.addEventListener("visibilitychange", read);
follow();
