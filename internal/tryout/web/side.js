// What stands beside the chat: the guide, and how the plan stands by the bot's
// own figures. Where there is no room beside it, it lies over the page.

import { showGuide } from "./guide.js";
import { planOf, store } from "./store.js";
import { make } from "./text.js";
import { date, time, weekday, windowName } from "./words.js";

const $ = (id) => document.getElementById(id);
let asked = 0;
let asking = false;
let again = false;

// showSide asks anew how the plan stands: at once, and once more after what
// came meanwhile.
export async function showSide() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  do {
    again = false;
    asked = store.round;
    const p = await planOf().catch(() => null);
    if (p && asked === store.round) show(p);
    await new Promise((resume) => setTimeout(resume, 150));
  } while (again);
  asking = false;
}

let shown = "";

function show(p) {
  showGuide(p.steps);
  const state = JSON.stringify(p);
  if (state === shown) return;
  shown = state;
  const open = [...$("plan").querySelectorAll("details[open]")].map((d) => d.dataset.key);
  $("plan").replaceChildren(...(p.year ? parts(p) : [make("p", { textContent: "Chưa có kế hoạch." })]));
  for (const d of $("plan").querySelectorAll("details")) d.open = open.includes(d.dataset.key);
}

function parts(p) {
  return [
    make("p", { className: "lead", textContent: `Kế hoạch năm ${p.year} (${p.number}), đến ${date(p.today)}. Số liệu của bot, như /summary.` }),
    make("h3", {}, `Có thời hạn: ${p.tasks.total} nhiệm vụ`),
    bar(p.tasks),
    boxes(p.tasks),
    ratios(p.tasks),
    ...p.windows.filter((w) => w.asked > 0).flatMap(windowPart),
    ...list("late", "Quá hạn", p.late, (w) => `${w.unit}, quá hạn ${w.late} ngày`),
    ...list("blocked", "Vướng mắc", p.blocked, (w) => `${w.unit}: “${w.note}”`),
    ...list("soon", "Đến hạn trong 14 ngày", p.soon, (w) => `${w.unit}, hạn ${date(w.due)}`),
    ...next(p.next),
  ];
}

const kinds = [
  ["done_on_time", "🟢", "Hoàn thành đúng hạn"],
  ["done_late", "🟠", "Hoàn thành quá hạn"],
  ["open", "🔵", "Trong hạn"],
  ["overdue", "🔴", "Quá hạn"],
];

function bar(tasks) {
  const box = make("div", { className: "tally" });
  box.setAttribute("aria-hidden", "true"); // the boxes below say the same
  for (const [key] of kinds) {
    const part = make("span", { className: key });
    part.style.flexGrow = tasks[key];
    part.hidden = tasks[key] === 0;
    box.append(part);
  }
  return box;
}

function boxes(tasks) {
  const rows = [...kinds, ["undated", "⚪", "Chưa xác định thời hạn"]];
  return make("dl", { className: "boxes" }, ...rows.map(([key, sign, name]) => {
    const label = key === "done_on_time" && tasks.extended > 0 ? `${name} (sau gia hạn ${tasks.extended})` : name;
    const row = make("div", {}, make("dt", { textContent: `${sign} ${label}` }), make("dd", { textContent: tasks[key] }));
    row.dataset.box = key;
    return row;
  }));
}

function ratios(t) {
  return make("dl", { className: "ratios" },
    make("div", {}, make("dt", { textContent: "Trên số đã đến hạn hoặc đã xong" }), make("dd", { textContent: `${t.of_fallen} (${t.done}/${t.fallen})` })),
    make("div", {}, make("dt", { textContent: "Trên tổng số có thời hạn" }), make("dd", { textContent: `${t.of_all} (${t.done}/${t.total})` })));
}

function windowPart(w) {
  const meter = make("progress", { max: w.asked, value: w.reported });
  meter.setAttribute("aria-label", `Kỳ ${windowName(w.period)}: đã báo cáo ${w.reported}/${w.asked}`);
  const missing = w.missing.reduce((n, m) => n + m.count, 0);
  const more = missing === 0 ? [] : [details(w.period, `Chưa báo cáo: ${missing}`,
    w.missing.map((m) => make("li", {}, m.unit, make("b", { textContent: m.count }))))];
  return [
    make("h3", { className: "split" }, make("span", { textContent: `Kỳ ${windowName(w.period)}, chốt ${date(w.closes).slice(0, 5)}` }),
      make("span", { className: "figure", textContent: `${w.reported}/${w.asked}` })),
    meter,
    ...more,
  ];
}

function list(key, title, works, words) {
  if (works.length === 0) return [];
  const few = works.length <= 3;
  const items = works.map((w) => make("li", {}, make("span", {}, make("b", { textContent: `${w.task} · ${w.title}` }), make("small", { textContent: words(w) }))));
  if (!few) return [details(key, `${title}: ${works.length}`, items)];
  return [make("h3", { textContent: `${title}: ${works.length}` }), make("ul", { className: "works" }, ...items)];
}

function details(key, title, items) {
  const d = make("details", {}, make("summary", { textContent: title }), make("ul", { className: "works" }, ...items));
  d.dataset.key = key;
  return d;
}

function next(messages) {
  const items = messages.map((m) => make("li", {},
    make("span", {}, make("b", { textContent: `${weekday(m.at)} ${date(m.at).slice(0, 5)} ${time(m.at)}` }), make("small", { textContent: about(m) }))));
  const none = make("li", { textContent: "Không có trong 90 ngày tới" });
  return [make("h3", { textContent: "Lần nhắc kế tiếp" }), make("ul", { className: "works", id: "next" }, ...(items.length ? items : [none]))];
}

function about(m) {
  if (m.kind === "post") return `${m.to}: tổng hợp`;
  const few = m.tasks.slice(0, 6).join(", ") + (m.tasks.length > 6 ? ` và ${m.tasks.length - 6} nhiệm vụ khác` : "");
  return `${m.to}: ${few}`;
}

// Over the page it is a box that keeps the focus until it is closed.
function lie(over) {
  document.body.dataset.side = over ? "open" : "";
  $("side-open").setAttribute("aria-expanded", String(over));
  if (over) {
    $("side").setAttribute("role", "dialog");
    $("side").setAttribute("aria-modal", "true");
    $("side-close").focus();
    return;
  }
  $("side").setAttribute("role", "complementary");
  $("side").removeAttribute("aria-modal");
}

export function closeSide() {
  if (document.body.dataset.side !== "open") return;
  lie(false);
  $("side-open").focus();
}

function key(e) {
  if (document.body.dataset.side !== "open") return;
  if (e.key === "Escape") closeSide();
  if (e.key !== "Tab") return;
  const all = [...$("side").querySelectorAll("summary, button")].filter((x) => x.checkVisibility());
  const leaving = e.shiftKey ? all[0] : all.at(-1);
  if (document.activeElement !== leaving) return;
  e.preventDefault();
  (e.shiftKey ? all.at(-1) : all[0]).focus();
}

export function setUpSide() {
  $("side-open").addEventListener("click", () => lie(true));
  $("begin").addEventListener("click", () => lie(true));
  $("side-close").addEventListener("click", closeSide);
  $("side-back").addEventListener("click", closeSide);
  $("side").addEventListener("keydown", key);
  // With room beside the chat nothing lies over anything.
  matchMedia("(min-width: 1181px)").addEventListener("change", (e) => e.matches && closeSide());
}
