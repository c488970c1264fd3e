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
  telegram: {
    slow: "Telegram chậm (4 giây một lượt gọi)",
    busy: "Telegram trả lời 429 (xin chờ 3 giây)",
    broken: "Đứt kết nối tới Telegram",
  },
  zalo: {
    slow: "Zalo chậm (4 giây một lượt gọi)",
    busy_page: "Zalo trả lời trang HTML 429 (gọi quá dày)",
    bad_gateway: "Zalo trả lời trang HTML 502",
    broken: "Đứt kết nối tới Zalo",
    no_messages_left: "Hết số tin của tháng (429 trong JSON; bot thử lại mỗi phút)",
    no_people_left: "Quá số người của gói (429 trong JSON)",
    counts_incoming: "Tin người dùng gửi cũng bị tính",
    flat: "Tin đến không bọc trong “result”",
    photo_as_documented: "Ảnh đến ở trường “photo” thay vì “photo_url”",
    odd_codes: "Mã lỗi là chữ, ở trường “errorCode”",
    loses_what_waits: "Tin bot chưa kịp nhận thì mất luôn",
    duplicates: "Mỗi tin đến hai lần",
    hears_all_of_groups: "Bot nghe mọi tin trong nhóm, không cần nhắc tên",
    hears_group_voice: "Bot nghe được tin thoại trong nhóm",
  },
};
const NAMES = { telegram: "Telegram", zalo: "Zalo" };

/** `tryHint(hint)` does what a hint says; `complain(text)` shows an error. */
export function panel({ tryHint, complain }) {
  const openSwitches = new Set(["telegram"]);
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
    byId("faults").replaceChildren(
      ...Object.keys(FAULTS).map((platform) => drawSwitches(platform, store.faults[platform] ?? {})),
      el("p", { class: "muted" }, "Một người chặn bot: bấm “Chặn bot” trên điện thoại của người đó."),
    );
  }

  function drawSwitches(platform, on) {
    const boxes = Object.entries(FAULTS[platform]).map(([name, words]) => {
      const box = el("input", { type: "checkbox", checked: on[name], "data-fault": name, "data-platform": platform });
      box.addEventListener("change", () => api.setFault(platform, name, box.checked).catch((error) => complain(error.message)));
      return el("label", { class: "switch" }, box, " ", words);
    });
    const count = Object.values(on).filter(Boolean).length;
    const open = openSwitches.has(platform) || count > 0;
    const heading = el("summary", {}, NAMES[platform], count ? ` – đang bật ${count}` : "");
    const group = el("details", { class: "switches", open }, heading, ...boxes);
    group.addEventListener("toggle", () => (group.open ? openSwitches.add(platform) : openSwitches.delete(platform)));
    return group;
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
