/** The lower end of a phone: writing, attaching, the bot's menu keyboard and its commands. */

import { el } from "./dom.js";

let made = 0;

/** `send(text, replyTo)` and `attach(file)` return whether it worked. */
export function composer({ send, attach }) {
  const id = `composer-${++made}`;
  let replied = null;
  let keyboardShown = true;

  const field = el("textarea", { id, rows: "1", maxlength: "4096", placeholder: "Nhắn tin…", "aria-label": "Tin nhắn", enterkeyhint: "send" });
  const files = el("input", { type: "file", class: "visually-hidden", tabindex: "-1", "aria-label": "Chọn ảnh hoặc tệp" });
  const attachButton = el("button", { type: "button", class: "icon", "aria-label": "Gửi ảnh hoặc tệp", title: "Gửi ảnh hoặc tệp", onclick: () => files.click() }, "📎");
  const menuButton = el("button", { type: "button", class: "icon", "aria-label": "Bàn phím của trợ lý", title: "Bàn phím của trợ lý", "aria-expanded": "true", onclick: () => toggleKeyboard() }, "⌨");
  const commandButton = el("button", { type: "button", class: "icon", "aria-label": "Các lệnh", title: "Các lệnh", "aria-expanded": "false", onclick: () => toggleCommands() }, "/");
  const mentionButton = el("button", { type: "button", class: "icon", "aria-label": "Nhắc tên trợ lý", title: "Nhắc tên trợ lý: trong nhóm Zalo, bot chỉ nhận tin có tên nó", hidden: true, onclick: () => mention() }, "@");
  let name = "";
  const submit = el("button", { type: "submit", class: "send", "aria-label": "Gửi tin" }, "➤");
  const form = el("form", { class: "write" }, attachButton, files, commandButton, mentionButton, field, menuButton, submit);
  const keyboard = el("div", { class: "keyboard", role: "group", "aria-label": "Bàn phím của trợ lý" });
  const commands = el("ul", { class: "commands", "aria-label": "Các lệnh", hidden: true });
  const replyBar = el("div", { class: "reply-bar", hidden: true });
  const element = el("div", { class: "composer" }, commands, replyBar, form, keyboard);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitText();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submitText();
    }
    if (event.key === "Escape") replyTo(null);
  });
  field.addEventListener("input", grow);
  files.addEventListener("change", async () => {
    const [file] = files.files;
    files.value = "";
    if (file) await attach(file);
    field.focus();
  });

  async function submitText() {
    const text = field.value.trim();
    if (!text) return;
    const answering = replied;
    field.value = "";
    grow();
    replyTo(null);
    if (!(await send(text, answering))) {
      field.value = text;
      grow();
    }
  }

  function grow() {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
  }

  function mention() {
    if (!field.value.startsWith(name)) field.value = name + field.value;
    field.focus();
  }

  function toggleKeyboard() {
    keyboardShown = !keyboardShown;
    menuButton.setAttribute("aria-expanded", String(keyboardShown));
    keyboard.hidden = !keyboardShown || !keyboard.childElementCount;
  }

  function toggleCommands(open = commands.hidden) {
    commands.hidden = !open;
    commandButton.setAttribute("aria-expanded", String(open));
    if (open) commands.querySelector("button")?.focus();
  }
  commands.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    toggleCommands(false);
    commandButton.focus();
  });

  function replyTo(message) {
    replied = message;
    replyBar.hidden = !message;
    if (!message) return replyBar.replaceChildren();
    const cancel = el("button", { type: "button", class: "quiet", "aria-label": "Thôi trả lời", onclick: () => replyTo(null) }, "✕");
    const shown = el("span", { class: "line" }, message.text || "Ảnh hoặc tệp");
    replyBar.replaceChildren(el("span", { class: "author" }, `Trả lời ${message.from.name}`), shown, cancel);
    field.focus();
  }

  /** What the bot offers in this chat now. */
  function draw({ keyboard: rows, commands: offered, mention: named, platform }) {
    const wanted = JSON.stringify([rows, offered, named, platform]);
    if (element.dataset.drawn === wanted) return;
    element.dataset.drawn = wanted;
    keyboard.replaceChildren(
      ...rows.map((row) =>
        el("div", { class: "row" }, ...row.map((label) => el("button", { type: "button", onclick: () => send(label) }, label))),
      ),
    );
    keyboard.hidden = !rows.length || !keyboardShown;
    menuButton.hidden = !rows.length;
    name = named;
    mentionButton.hidden = !named;
    commandButton.hidden = !offered.length;
    commands.replaceChildren(
      ...offered.map(({ command, description }) => {
        const choose = () => {
          toggleCommands(false);
          field.focus();
          send(`/${command}`);
        };
        return el("li", {}, el("button", { type: "button", onclick: choose }, el("b", {}, `/${command}`), ` ${description}`));
      }),
    );
    if (!offered.length) commands.hidden = true;
    files.accept = platform === "zalo" ? "image/*" : "";
  }

  return { element, draw, replyTo, fill: (text) => ((field.value = text), grow(), field.focus()) };
}
