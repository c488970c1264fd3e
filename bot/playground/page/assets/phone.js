/** One person's phone: their chats, what stands in the chat they look at, and what they can do. */

import * as api from "./api.js";
import { bubble } from "./bubble.js";
import { composer } from "./composer.js";
import { dayKey, dayName, el } from "./dom.js";
import { chatsOf, inOrder, person, showTyping, store } from "./store.js";
import { markRead, unread } from "./unread.js";

const TYPING = 8000;

export class Phone {
  constructor(key, { onClose }) {
    this.key = key;
    this.chat = chatsOf(key).find((chat) => chat.private)?.key ?? "";
    this.days = new Map();
    this.log = el("div", { class: "log", role: "log", "aria-live": "off", "aria-label": "Tin nhắn", tabindex: "0" });
    this.typing = el("p", { class: "typing", role: "status" });
    this.toast = el("p", { class: "toast", role: "status", hidden: true });
    this.tabs = el("div", { class: "chats", role: "tablist", "aria-label": "Cuộc trò chuyện" });
    this.block = el("button", { type: "button", class: "quiet", onclick: () => this.#block() });
    this.composer = composer({ send: (text, reply) => this.say(text, reply), attach: (file) => this.#attach(file) });
    const { name, role, platform } = person(key);
    this.element = el(
      "section",
      { class: `phone ${platform}`, "aria-label": `Điện thoại của ${name}`, "data-person": key },
      el(
        "header",
        {},
        el("span", { class: "avatar", "aria-hidden": "true" }, initials(name)),
        el("div", { class: "who" }, el("h2", {}, name), el("p", {}, `${role} · ${platform === "zalo" ? "Zalo" : "Telegram"}`)),
        this.block,
        el("button", { type: "button", class: "quiet close", "aria-label": `Cất điện thoại của ${name}`, onclick: onClose }, "✕"),
      ),
      this.tabs,
      this.log,
      this.typing,
      this.toast,
      this.composer.element,
    );
    // only the phone in hand reads new messages aloud: five at once would be noise
    this.element.addEventListener("focusin", () => this.log.setAttribute("aria-live", "polite"));
    this.element.addEventListener("focusout", () => this.log.setAttribute("aria-live", "off"));
    this.drawPerson();
    this.show(this.chat);
  }

  /** Look at a chat. */
  show(chat) {
    this.chat = chat;
    this.log.replaceChildren();
    this.days.clear();
    for (const message of inOrder(store.chats.get(chat))) this.#append(message);
    this.drawControls();
    this.drawTyping();
    this.read();
    this.#toEnd();
  }

  /** A message is new or has changed. */
  take({ chat, message }) {
    if (chat !== this.chat) return this.drawTabs();
    const shown = this.log.querySelector(`[data-id="${CSS.escape(message.id)}"]`);
    const atEnd = this.#isNearEnd(160);
    if (shown) this.#replace(shown, message);
    else this.#append(message);
    if (atEnd || message.from.key === this.key) this.#toEnd();
    this.drawControls();
    this.drawTyping();
    this.read();
  }

  #replace(shown, message) {
    const hadFocus = shown.contains(document.activeElement);
    const fresh = this.#bubble(message);
    shown.replaceWith(fresh);
    if (hadFocus) (fresh.querySelector(".buttons button") ?? this.log).focus();
  }

  remove(id) {
    this.log.querySelector(`[data-id="${CSS.escape(id)}"]`)?.remove();
  }

  #append(message) {
    const day = dayKey(message.at);
    if (!this.days.has(day)) {
      this.days.set(day, true);
      this.log.append(el("div", { class: "day" }, dayName(message.at)));
    }
    const shown = this.#bubble(message);
    shown.querySelector("img")?.addEventListener("load", () => this.#stay());
    this.log.append(shown);
  }

  /** A picture has taken its place: whoever was at the end stays there. */
  #stay() {
    if (this.#isNearEnd(480)) this.#toEnd();
  }

  #isNearEnd(reach) {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < reach;
  }

  #bubble(message) {
    const chat = store.chats.get(this.chat);
    return bubble(message, {
      phone: this.key,
      platform: chat.platform,
      isGroup: !chat.private,
      handlers: {
        press: (pressed, index, button) => this.#press(pressed, index, button),
        command: (text) => this.say(text),
        reply: chat.platform === "telegram" || !chat.private ? (replied) => this.composer.replyTo(replied) : null,
        jump: (id) => this.#jump(id),
      },
    });
  }

  #jump(id) {
    const target = this.log.querySelector(`[data-id="${CSS.escape(id)}"]`);
    target?.scrollIntoView({ block: "center" });
    target?.classList.add("flash");
    setTimeout(() => target?.classList.remove("flash"), 1200);
  }

  /** Write a text in the chat on the screen. */
  say(text, replyTo) {
    return this.#do("send", { text, chat: this.chat, reply_to: replyTo?.id });
  }

  async #attach(file) {
    const data = await base64(file);
    const isPhoto = /^image\/(png|jpeg|gif)$/.test(file.type) && file.size < 10_000_000;
    return this.#do(isPhoto ? "photo" : "document", { data, name: file.name, mime: file.type, chat: this.chat });
  }

  async #press(message, index, button) {
    button.classList.add("waiting");
    await this.#do("press", { chat: this.chat, message_id: Number(message.id), index });
    setTimeout(() => button.classList.remove("waiting"), 4000);
  }

  async #block() {
    await this.#do(person(this.key).blocked ? "unblock" : "block", {});
  }

  async #do(name, body) {
    const speaks = name !== "block" && name !== "unblock";
    try {
      if (speaks && store.chats.get(this.chat).private) showTyping(this.chat);
      await api.act(this.key, name, body);
      return true;
    } catch (error) {
      store.typing.delete(this.chat);
      this.drawTyping();
      this.notice(`Không làm được: ${error.message}`);
      return false;
    }
  }

  /** What a pressed button was answered with. */
  answered({ chat, text, message }) {
    if (chat === this.chat)
      this.log.querySelectorAll(`[data-id="${CSS.escape(message)}"] .waiting`).forEach((each) => each.classList.remove("waiting"));
    this.drawTyping();
    if (text) this.notice(text);
  }

  notice(text) {
    this.toast.textContent = text;
    this.toast.hidden = false;
    clearTimeout(this.hiding);
    this.hiding = setTimeout(() => (this.toast.hidden = true), 5000);
  }

  drawPerson() {
    const { blocked } = person(this.key);
    this.block.textContent = blocked ? "Bỏ chặn bot" : "Chặn bot";
    this.block.setAttribute("aria-pressed", String(blocked));
    this.element.classList.toggle("blocked", blocked);
    this.drawTabs();
  }

  drawTabs() {
    const chats = chatsOf(this.key);
    this.tabs.hidden = chats.length < 2;
    this.tabs.replaceChildren(
      ...chats.map((chat) => {
        const count = unread(this.key, chat.key);
        const chosen = chat.key === this.chat;
        return el(
          "button",
          { type: "button", role: "tab", "aria-selected": String(chosen), onclick: () => this.show(chat.key) },
          chat.private ? "Trợ lý" : chat.title,
          count ? el("span", { class: "badge", "aria-label": `${count} tin chưa đọc` }, String(count)) : null,
        );
      }),
    );
  }

  drawControls() {
    const chat = store.chats.get(this.chat);
    this.composer.draw({ keyboard: chat.keyboards[this.key] ?? [], commands: chat.commands, mention: chat.mention ?? "", platform: chat.platform });
  }

  drawTyping() {
    const since = store.typing.get(this.chat);
    const left = since === undefined ? 0 : TYPING - (performance.now() - since);
    this.typing.textContent = left > 0 ? "Trợ lý đang soạn tin…" : "";
    clearTimeout(this.fading);
    if (left > 0) this.fading = setTimeout(() => this.drawTyping(), left + 50);
  }

  /** What is on the screen counts as read. */
  read() {
    if (this.element.isConnected && this.element.offsetParent !== null) markRead(this.key, this.chat);
    this.drawTabs();
  }

  #toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }
}

const initials = (name) => name.split(" ").slice(-2).map((word) => word[0]).join("");

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
