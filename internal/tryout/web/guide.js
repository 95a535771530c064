// Five things to try. What is done the server says, from the bot's own data; a
// button of each step makes it ready.

import { speakAs, draft } from "./compose.js";
import { travelTo } from "./clock.js";
import { closeSide } from "./side.js";
import { store } from "./store.js";
import { icon, make } from "./text.js";
import { date } from "./words.js";

const $ = (id) => document.getElementById(id);

function steps(g) {
  const deadline = date(g.day);
  return [
    {
      title: "Đầu mối báo cáo hoàn thành",
      text: `Trong nhóm ${g.unit}, với tư cách đầu mối, gửi`,
      command: `/done ${g.task} 12/QĐ-SXD 10/01/2024`,
      does: "Soạn sẵn",
      act: () => write(g.chat, g.head, `/done ${g.task} 12/QĐ-SXD 10/01/2024`),
    },
    {
      title: "Người khác không báo cáo thay được",
      text: "Cùng nhóm đó, với tư cách thành viên, gửi",
      command: `/done ${g.reminded}`,
      does: "Soạn sẵn",
      act: () => write(g.chat, g.member, `/done ${g.reminded}`),
    },
    {
      title: "Giám đốc xem tổng hợp",
      text: "Trong trò chuyện riêng của Giám đốc, gửi",
      command: "/summary",
      does: "Soạn sẵn",
      act: () => write(g.director, g.director, "/summary"),
    },
    {
      title: `Cho thời gian trôi đến ${deadline}`,
      text: `Sáng hôm đó ${g.unit} được nhắc việc sắp đến hạn. Có thể bấm ngày giờ ở đầu trang, hoặc`,
      does: `Đi đến ${deadline}`,
      act: async () => {
        await go(g.chat, g.head);
        await travelTo(g.day);
      },
    },
    {
      title: "Báo cáo bằng một nút bấm",
      text: `Dưới tin nhắc việc của ${g.unit}, bấm nút`,
      command: `✅ ${g.reminded}`,
      does: "Mở nhóm",
      act: () => go(g.chat, g.head),
    },
  ];
}

// go opens the chat as the person.
async function go(chat, person) {
  closeSide();
  const to = `#${chat}`;
  if (location.hash !== to) {
    // The page's own listener came first, so the chat is open then.
    const opened = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
    location.hash = to;
    await opened;
  }
  speakAs(person);
}

async function write(chat, person, words) {
  await go(chat, person);
  draft(words);
}

let shown = "";

// showGuide lists the steps and ticks off what is done.
export function showGuide(done) {
  const g = store.guide;
  $("guide").hidden = $("begin").hidden = !g?.chat;
  const state = JSON.stringify([g, done]);
  if (!g?.chat || state === shown) return;
  shown = state;
  const focusable = "summary, button";
  const focused = [...$("steps").querySelectorAll(focusable)].indexOf(document.activeElement);
  const next = done.indexOf(false);
  $("steps").replaceChildren(...steps(g).map((s, i) => step(s, done[i], i === next)));
  if (focused >= 0) $("steps").querySelectorAll(focusable)[focused].focus();
  const count = done.filter(Boolean).length;
  for (const e of document.querySelectorAll("[data-count]")) e.textContent = `${count}/${done.length}`;
  $("guide-end").hidden = count < done.length;
}

function step(s, done, next) {
  const mark = make("span", { className: "mark" }, done ? icon("check") : "");
  const title = make("span", { className: "title" }, s.title, make("span", { className: "sr", textContent: done ? ", đã làm" : ", chưa làm" }));
  const words = make("p", {}, s.text, ...(s.command ? [" ", make("kbd", { textContent: s.command })] : []));
  const button = make("button", { type: "button", textContent: s.does, className: "main" });
  button.setAttribute("aria-label", `${s.does}: ${s.title}`);
  button.addEventListener("click", s.act);
  const box = make("details", { open: next, name: "step" }, make("summary", {}, mark, title), words, button);
  return make("li", { className: done ? "done" : next ? "next" : "" }, box);
}
