// Telegram's formatting as elements. Offsets of entities count UTF-16 units, as
// JavaScript's strings do.

const tags = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};

const blocks = new Set(["pre", "blockquote", "expandable_blockquote"]);

// formatted returns the text as nodes. on.command is called with a command that
// is chosen, on.link with an address.
export function formatted(text, entities, on) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return part(text, 0, text.length, sorted, on);
}

function part(text, from, to, entities, on) {
  const nodes = [];
  let at = from; // what comes next
  let done = from; // where the last element ended
  for (let i = 0; i < entities.length; i++) {
    const e = entities[i];
    const end = e.offset + e.length;
    if (e.offset < done || end > to) continue; // within one that is done
    if (e.offset > at) nodes.push(text.slice(at, e.offset));
    const inner = entities.slice(i + 1).filter((x) => x.offset >= e.offset && x.offset + x.length <= end);
    nodes.push(element(e, text.slice(e.offset, end), part(text, e.offset, end, inner, on), on));
    at = done = end;
    if (blocks.has(e.type) && text[at] === "\n") at++; // a block ends its line by itself
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function element(entity, text, content, on) {
  switch (entity.type) {
    case "bot_command":
      return chosen(content, () => on.command(text));
    case "url":
      return chosen(content, () => on.link(text));
    case "text_link":
      return chosen(content, () => on.link(entity.url));
    case "expandable_blockquote":
      return expandable(content);
    case "spoiler":
      return make("span", { className: "spoiler", tabIndex: 0 }, ...content);
  }
  const tag = tags[entity.type];
  return tag ? make(tag, {}, ...content) : make("span", {}, ...content);
}

function chosen(content, action) {
  const b = make("button", { type: "button", className: "inline" }, ...content);
  b.addEventListener("click", action);
  return b;
}

function expandable(content) {
  const quote = make("blockquote", { className: "expandable" }, ...content);
  const more = make("button", { type: "button", className: "more", textContent: "Xem thêm" });
  more.setAttribute("aria-expanded", "false");
  more.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    more.textContent = open ? "Thu gọn" : "Xem thêm";
    more.setAttribute("aria-expanded", String(open));
  });
  const box = make("div", { className: "quote" }, quote, more);
  // Only once it is laid out can be known whether anything is hidden.
  requestAnimationFrame(() => {
    if (quote.isConnected) more.hidden = quote.scrollHeight <= quote.clientHeight + 1;
  });
  return box;
}

// make returns an element with the properties and the children.
export function make(tag, properties = {}, ...children) {
  const e = Object.assign(document.createElement(tag), properties);
  e.append(...children);
  return e;
}

// icon returns the sign of the name.
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/web/icons.svg#${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

// sync makes the nodes the parent's children, moving none that is in its place:
// a node that moves loses the focus.
export function sync(parent, nodes) {
  nodes.forEach((node, i) => {
    if (parent.childNodes[i] !== node) parent.insertBefore(node, parent.childNodes[i] ?? null);
  });
  while (parent.childNodes.length > nodes.length) parent.lastChild.remove();
}
