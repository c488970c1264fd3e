/** The list of everybody: who has unread messages, whose phone lies on the table. */

import * as api from "./api.js";
import { byId, el, fold } from "./dom.js";
import { store } from "./store.js";
import { unreadOf } from "./unread.js";

/** `isOpen(key)` tells whether a phone is out, `toggle(key)` takes it out or puts it away. */
export function peopleList({ isOpen, toggle, complain }) {
  const list = byId("people-list");
  const search = byId("people-search");
  search.addEventListener("input", draw);
  byId("new-person").addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = byId("new-person-name");
    try {
      const { key } = await api.addPerson(byId("new-person-platform").value, name.value);
      name.value = "";
      await known(key);
      toggle(key);
    } catch (error) {
      complain(error.message);
    }
  });

  /** The stream tells of a new person a moment after the answer. */
  async function known(key) {
    while (!store.people.some((person) => person.key === key)) await new Promise(requestAnimationFrame);
  }

  function draw() {
    const words = fold(search.value.trim());
    const fitting = store.people.filter((person) => fold(`${person.name} ${person.role} ${person.platform}`).includes(words));
    list.replaceChildren(...fitting.map(line));
    const sum = store.people.reduce((total, person) => total + unreadOf(person.key), 0);
    const all = byId("all-unread");
    all.hidden = !sum;
    all.textContent = String(sum);
    all.setAttribute("aria-label", `${sum} tin chưa đọc`);
  }

  function line(person) {
    const count = unreadOf(person.key);
    const open = isOpen(person.key);
    const code = person.code ? el("span", { class: "code", title: "Mã tham gia" }, `mã ${person.code}`) : null;
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "person", "aria-pressed": String(open), "data-person": person.key, onclick: () => toggle(person.key) },
        el("span", { class: `dot ${person.platform}`, "aria-hidden": "true" }),
        el("span", { class: "name" }, person.name, el("small", {}, person.role, person.platform === "zalo" ? " · Zalo" : "", person.blocked ? " · đã chặn bot" : ""), code),
        count ? el("span", { class: "badge", "aria-label": `${count} tin chưa đọc` }, String(count)) : null,
      ),
    );
  }

  return { draw };
}
