/** Behind the scenes: what to try, what just happened and which code did it, the outbox, faults to switch on. */

import * as api from "./api.js";
import { byId, clockTime, el } from "./dom.js";
import { store } from "./store.js";

const STATES = {
  scheduled: "hẹn giờ, chờ gửi lại", pending: "chờ gửi", leased: "đã nhận gửi", sending: "đang gửi", sent: "đã gửi",
  failed: "không gửi được", uncertain: "không chắc", dropped: "không cần gửi nữa", cancelled: "đã hủy",
};
const ALWAYS = ["scheduled", "pending", "leased", "sending", "sent", "failed", "uncertain"];
const FAULTS = {
  slow: "Telegram chậm (4 giây một lượt gọi)",
  busy: "Telegram trả lời 429 (xin chờ 3 giây)",
  broken: "Đứt kết nối tới Telegram",
};

/** `tryHint(hint)` does what a hint says; `complain(text)` shows an error. */
export function panel({ tryHint, complain }) {
  tabs();

  function drawHints() {
    byId("hints").replaceChildren(
      ...store.hints.map((hint) => el("li", {}, el("button", { type: "button", class: "hint", onclick: () => tryHint(hint) }, hint.title))),
    );
  }

  function drawStory() {
    const entries = [...store.story.values()].sort((one, other) => other.id - one.id);
    byId("story").replaceChildren(...entries.map(storyEntry));
    byId("story-empty").hidden = entries.length > 0;
  }

  function takeEntry(entry) {
    const shown = byId("story").querySelector(`[data-entry="${entry.id}"]`);
    if (shown) shown.replaceWith(storyEntry(entry));
    else byId("story").prepend(storyEntry(entry));
    byId("story-empty").hidden = true;
  }

  function drawFaults() {
    const on = store.faults.telegram ?? {};
    byId("faults").replaceChildren(
      ...Object.entries(FAULTS).map(([name, words]) => {
        const box = el("input", { type: "checkbox", checked: on[name], "data-fault": name });
        box.addEventListener("change", () => api.setFault("telegram", name, box.checked).catch((error) => complain(error.message)));
        return el("label", { class: "switch" }, box, " ", words);
      }),
      el("p", { class: "muted" }, "Một người chặn bot: bấm “Chặn bot” trên điện thoại của người đó."),
    );
  }

  function drawQueues() {
    const { messages = {}, updates = {}, newest = [] } = store.queues;
    const names = [...ALWAYS, ...Object.keys(messages).filter((name) => !ALWAYS.includes(name))];
    byId("outbox-states").replaceChildren(
      ...names.map((name) =>
        el("li", { class: `state ${name} ${messages[name] ? "some" : ""}`, "data-state": name }, el("b", {}, String(messages[name] ?? 0)), ` ${STATES[name] ?? name}`),
      ),
    );
    const waiting = (updates.new ?? 0) + (updates.fetching ?? 0);
    byId("inbox-state").textContent = `Hộp đến: ${waiting} tin đang chờ, ${updates.done ?? 0} tin đã xử lý, ${updates.dead ?? 0} tin phải để riêng.`;
    byId("outbox-rows").replaceChildren(...newest.map(row));
  }

  return { drawHints, drawStory, takeEntry, drawFaults, drawQueues };
}

function row({ id, to, status, attempts, key, error }) {
  return el(
    "tr",
    { class: status, title: error ? `${key}: ${error}` : key },
    el("td", {}, String(id)),
    el("td", {}, to),
    el("td", {}, STATES[status] ?? status, error ? el("small", { class: "muted" }, ` ${error}`) : null),
    el("td", {}, String(attempts)),
  );
}

function storyEntry(entry) {
  const steps = entry.delivery ? [...entry.steps, entry.delivery] : entry.steps;
  return el(
    "li",
    { "data-entry": String(entry.id) },
    el("p", { class: "what" }, el("time", {}, clockTime(entry.at)), " ", entry.title),
    el("ul", {}, ...steps.map(({ text, room }) => el("li", {}, text, " ", codeLink(room)))),
  );
}

const codeLink = (room) =>
  el("a", { class: "room", href: api.codeAddress(room), target: "_blank", rel: "noopener", title: "Xem mã nguồn" }, room);

function tabs() {
  const all = [...document.querySelectorAll(".panel [role=tab]")];
  const choose = (tab) => {
    for (const each of all) {
      const chosen = each === tab;
      each.setAttribute("aria-selected", String(chosen));
      each.tabIndex = chosen ? 0 : -1;
      byId(each.getAttribute("aria-controls")).hidden = !chosen;
    }
  };
  for (const tab of all) {
    tab.addEventListener("click", () => choose(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = all[(all.indexOf(tab) + step + all.length) % all.length];
      choose(next);
      next.focus();
    });
  }
}
