// The date on top, and what makes time run.

import { attempt } from "./dialogs.js";
import { act, store } from "./store.js";
import { toast } from "./toast.js";
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

// keepClock takes what the server says of the clock.
export function keepClock(view) {
  // The zone's offset is left out: the clock is shown as it stands there.
  tick = { at: performance.now(), shown: Date.parse(`${view.now.slice(0, 19)}Z`), speed: view.speed };
  store.running = view.running;
  showClock();
  const label = { "": view.year === "paused" ? "Chạy tiếp" : "Chạy cả năm", clock: "Dừng", year: "Tạm dừng" }[view.running];
  const sign = `/web/icons.svg#${view.running ? "pause" : "play"}`;
  for (const b of [$("play"), $("play-too")]) {
    b.querySelector("span").textContent = label;
    const use = b.querySelector("use");
    if (use.getAttribute("href") !== sign) use.setAttribute("href", sign); // else the browser loads it anew each time
    b.disabled = view.year === "over" && !view.running;
  }
  $("play").classList.toggle("running", view.running !== "");
  for (const b of document.querySelectorAll("[data-move]")) b.setAttribute("aria-disabled", String(view.running !== ""));
}

// travel lets time run; to is what the server is asked for.
async function travel(to) {
  if (store.running) return;
  if ($("clock-dialog").open) {
    await attempt("clock", "clock", to);
    return;
  }
  try {
    await act("clock", to);
  } catch (e) {
    toast(failure(e.code));
  }
}

// travelTo lets time run until the morning of the day.
export const travelTo = (date) => travel({ at: `${date}T08:05` });

async function play() {
  $("clock-dialog").close();
  try {
    await act(store.running ? "stop" : "play", {});
  } catch (e) {
    toast(failure(e.code));
  }
}

export function setUpClock() {
  $("clock").addEventListener("click", () => {
    $("clock-at").value = store.now.slice(0, 16);
    $("clock-error").textContent = "";
    $("clock-dialog").showModal();
  });
  for (const b of document.querySelectorAll("[data-move]")) {
    b.addEventListener("click", () => travel({ move: b.dataset.move }));
  }
  $("clock-set").addEventListener("click", () => {
    const at = $("clock-at").value;
    const fault = !at ? "bad_time" : at < store.now.slice(0, 16) ? "backwards" : "";
    $("clock-error").textContent = fault ? failure(fault) : "";
    if (!fault) travel({ at });
  });
  $("play").addEventListener("click", play);
  $("play-too").addEventListener("click", play);
  setInterval(showClock, 1000);
}
