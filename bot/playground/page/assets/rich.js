/** Draws a text with its entities (offsets in UTF-16 units, as JavaScript counts) as nested elements. */

import { el, webAddress } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

function wrap(entity, children, text, onCommand) {
  if (TAGS[entity.type]) return el(TAGS[entity.type], {}, ...children);
  if (entity.type === "text_link" || entity.type === "url") {
    const href = webAddress(entity.type === "url" ? text : entity.url);
    return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children) : el("span", {}, ...children);
  }
  if (entity.type === "bot_command" && onCommand)
    return el("button", { type: "button", class: "command", onclick: () => onCommand(text) }, ...children);
  return el("span", { class: `entity ${entity.type === "spoiler" ? "spoiler" : ""}` }, ...children);
}

/** Nodes for a stretch of the text; entities are sorted by offset, the longer first, and lie within one another. */
function draw(text, entities, start, end, onCommand) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const first = Math.max(entity.offset, at);
    const last = Math.min(entity.offset + entity.length, end);
    if (first >= last || entity.offset < at) continue;
    if (first > at) nodes.push(text.slice(at, first));
    const inner = entities.slice(index + 1).filter((each) => each.offset >= first && each.offset < last);
    nodes.push(wrap(entity, draw(text, inner, first, last, onCommand), text.slice(first, last), onCommand));
    at = last;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

/** Nodes for a whole text; `onCommand` is called with a command that was pressed in it. */
export const richText = (text, entities, onCommand) => draw(text, entities, 0, text.length, onCommand);
