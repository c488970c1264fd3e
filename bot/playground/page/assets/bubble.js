/** Draws one message as it stands in a chat now. */

import { fileAddress } from "./api.js";
import { clockTime, el, fileSize, webAddress } from "./dom.js";
import { richText } from "./rich.js";

const SERVICE = {
  group_chat_created: () => "đã lập nhóm",
  supergroup_chat_created: () => "đã lập nhóm",
  new_chat_participant: (names) => `đã thêm ${names.join(", ")}`,
  left_chat_participant: () => "đã rời nhóm",
  new_chat_title: () => "đã đổi tên nhóm",
};

/**
 * `phone` is the key of who looks; `handlers` are press(message, index), command(text), reply(message) and
 * jump(messageId).
 */
export function bubble(message, { phone, platform, isGroup, handlers }) {
  if (message.kind === "service") return serviceLine(message);
  const mine = message.from.key === phone;
  const said = [
    isGroup && !mine ? el("div", { class: "author" }, message.from.name) : null,
    quote(message, handlers),
    photo(message, platform),
    file(message, platform),
    message.text ? el("div", { class: "text" }, ...richText(message.text, message.entities, handlers.command)) : null,
    !message.text && !message.photo && !message.file ? el("div", { class: "text muted" }, "(nội dung khác)") : null,
    meta(message, mine),
  ];
  return el(
    "div",
    { class: `message ${mine ? "mine" : "theirs"}`, "data-id": message.id },
    el("div", { class: "bubble", dir: "auto" }, el("span", { class: "visually-hidden" }, mine ? "Tôi: " : `${message.from.name}: `), ...said),
    buttons(message, handlers),
    handlers.reply
      ? el("button", { type: "button", class: "reply", "aria-label": "Trả lời tin này", title: "Trả lời", onclick: () => handlers.reply(message) }, "↩")
      : null,
  );
}

function serviceLine(message) {
  const words = SERVICE[message.service]?.(message.names ?? []);
  return el("div", { class: "service", "data-id": message.id }, `${message.from.name} ${words ?? "đã thay đổi nhóm"}`);
}

function quote(message, handlers) {
  if (!message.reply) return null;
  const { id, name, text } = message.reply;
  return el(
    "button",
    { type: "button", class: "quote", onclick: () => handlers.jump(id) },
    el("span", { class: "author" }, name),
    el("span", { class: "line" }, text || "Ảnh hoặc tệp"),
  );
}

function photo(message, platform) {
  if (!message.photo) return null;
  const { name, width, height } = message.photo;
  const address = fileAddress(platform, name);
  const picture = el("img", { src: address, alt: message.text ? "Ảnh kèm tin" : "Ảnh", width, height });
  return el("a", { class: "photo", href: address, target: "_blank", rel: "noopener" }, picture);
}

function file(message, platform) {
  if (!message.file) return null;
  const { name, title, size } = message.file;
  return el(
    "a",
    { class: "file", href: fileAddress(platform, name, true), download: title || "tệp" },
    el("span", { class: "icon", "aria-hidden": "true" }, "⬇"),
    el("span", {}, el("span", { class: "name" }, title || "Tệp"), el("span", { class: "muted" }, fileSize(size))),
  );
}

function meta(message, mine) {
  const edited = message.edited ? "đã sửa " : "";
  return el("div", { class: "meta" }, `${edited}${clockTime(message.at)}`, mine ? el("span", { "aria-hidden": "true" }, " ✓") : null);
}

function buttons(message, handlers) {
  if (!message.buttons.length) return null;
  let index = -1;
  const rows = message.buttons.map((row) =>
    el("div", { class: "row" }, ...row.map((button) => oneButton(button, ++index))),
  );
  function oneButton(button, place) {
    const href = button.url && webAddress(button.url);
    if (href) return el("a", { class: "inline", href, target: "_blank", rel: "noopener noreferrer" }, button.label, " ↗");
    return el("button", { type: "button", class: "inline", onclick: (event) => handlers.press(message, place, event.currentTarget) }, button.label);
  }
  return el("div", { class: "buttons", role: "group", "aria-label": "Nút của tin này" }, ...rows);
}
