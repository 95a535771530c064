// What the page knows of the round, and the requests that change it.

export const store = {
  round: 0,
  cursor: "",
  setUp: "",
  bot: { id: 0, name: "", username: "" },
  people: new Map(), // by id
  chats: [],
  messages: new Map(), // by chat: messages by id, ascending
  read: new Map(), // by chat: the last message that was looked at
  guide: null, // what the page proposes to try
  running: "", // what makes time run: clock, year or nothing
  open: 0, // the chat that is shown
};

export class Refused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

async function request(path, options) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Refused("offline");
  }
  const body = await answer.json().catch(() => ({ error: "failed" }));
  if (!answer.ok) throw new Refused(body.error);
  return body;
}

export const look = (since) => request(`/api/world?since=${encodeURIComponent(since)}`);

export const planOf = () => request("/api/plan");

export const menuOf = (user, chat) => request(`/api/menu?user=${user}&chat=${chat}`);

export const fileOf = (message) => `/api/file?chat=${message.chat}&message=${message.id}&round=${store.round}`;

export function act(name, body) {
  return request(`/api/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ round: store.round, ...body }),
  });
}

// take puts an answer of look into the store and returns the ids of the chats
// in which something changed.
export function take(view) {
  const anew = view.round !== store.round;
  const known = anew || store.setUp === "setting_up"; // what happens by itself is no news
  if (anew) {
    store.messages.clear();
    store.read.clear();
  }
  Object.assign(store, { round: view.round, cursor: view.cursor, setUp: view.set_up, bot: view.bot, guide: view.guide, chats: view.chats });
  store.people = new Map(view.people.map((p) => [p.id, p]));
  const changed = new Set();
  for (const m of view.messages ?? []) {
    if (!store.messages.has(m.chat)) store.messages.set(m.chat, new Map());
    store.messages.get(m.chat).set(m.id, m);
    changed.add(m.chat);
  }
  if (known) for (const c of store.chats) markRead(c.id);
  return { anew, changed };
}

export const chat = (id) => store.chats.find((c) => c.id === id);

export function messages(id) {
  return [...(store.messages.get(id)?.values() ?? [])].filter((m) => !m.deleted);
}

export const message = (id, number) => store.messages.get(id)?.get(number);

export const last = (id) => messages(id).at(-1);

export function markRead(id) {
  store.read.set(id, last(id)?.id ?? 0);
}

export function unread(id) {
  const seen = store.read.get(id) ?? 0;
  return messages(id).filter((m) => m.id > seen && m.from === store.bot.id && !m.service).length;
}

export function name(id) {
  if (id === store.bot.id) return store.bot.name;
  return store.people.get(id)?.name ?? "";
}
