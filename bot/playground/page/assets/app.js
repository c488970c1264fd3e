/** The page: puts phones on the table, follows the stream, moves the clock. */

import * as api from "./api.js";
import { byId, clockTime, dayName, el } from "./dom.js";
import { panel } from "./panel.js";
import { peopleList } from "./people.js";
import { Phone } from "./phone.js";
import { connect, now, on, store } from "./store.js";
import { beginRead } from "./unread.js";

const phones = new Map();
const table = byId("phones");
const narrow = matchMedia("(max-width: 900px)");
const people = peopleList({ isOpen: (key) => phones.has(key), toggle, complain });
const behind = panel({ tryHint, complain });

function toggle(key) {
  if (narrow.matches) {
    if (!phones.has(key)) open(key);
    return lay(key);
  }
  if (phones.has(key)) close(key);
  else {
    open(key);
    lay(key);
  }
}

function open(key) {
  const phone = new Phone(key, { onClose: () => close(key) });
  phones.set(key, phone);
  table.append(phone.element);
  return phone;
}

function close(key) {
  phones.get(key)?.element.remove();
  phones.delete(key);
  if (narrow.matches) view("people");
  people.draw();
}

/** Bring a phone to the front; on a narrow screen it alone is seen. */
function lay(key) {
  const phone = phones.get(key);
  for (const each of phones.values()) each.element.classList.toggle("front", each === phone);
  view("phones");
  phone.element.scrollIntoView({ inline: "nearest", block: "nearest" });
  phone.show(phone.chat);
  people.draw();
  return phone;
}

function view(name) {
  document.body.dataset.view = name;
  for (const button of document.querySelectorAll(".bottom button")) {
    if (button.dataset.show === name) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  for (const phone of phones.values()) phone.read();
}

function complain(text) {
  const notice = byId("notice");
  notice.textContent = text;
  notice.hidden = !text;
  clearTimeout(complain.hiding);
  complain.hiding = setTimeout(() => (notice.hidden = true), 7000);
}

async function move(to) {
  byId("clock-menu").open = false;
  try {
    await api.moveClock(to);
  } catch (error) {
    complain(error.message);
  }
}

function tryHint(hint) {
  if (hint.move) return move(hint.move);
  if (!phones.has(hint.person)) open(hint.person);
  const phone = lay(hint.person);
  phone.show([...store.chats.values()].find((chat) => chat.private && chat.people[0] === hint.person).key);
  phone.composer.fill(hint.text);
  return undefined;
}

function drawClock() {
  const moment = now();
  const clock = byId("clock");
  clock.textContent = `${clockTime(moment)} ${dayName(moment)}`;
  clock.dateTime = new Date(moment).toISOString();
  document.body.classList.toggle("moving", store.clock.moving);
}

function drawMoments() {
  byId("moments").replaceChildren(
    ...store.moments.map(({ name, label }) => el("button", { type: "button", "data-moment": name, onclick: () => move(name) }, label)),
  );
}

on("state", () => {
  const wanted = phones.size ? [...phones.keys()] : store.people.filter((person) => person.open).sort((one, other) => one.open - other.open).map((person) => person.key);
  beginRead();
  for (const key of [...phones.keys()]) {
    phones.get(key).element.remove();
    phones.delete(key);
  }
  for (const key of wanted.filter((each) => store.people.some((person) => person.key === each))) open(key);
  phones.values().next().value?.element.classList.add("front");
  for (const phone of phones.values()) phone.show(phone.chat);
  people.draw();
  behind.drawHints();
  behind.drawStory();
  behind.drawFaults();
  behind.drawQueues();
  drawMoments();
  drawClock();
  document.body.classList.add("ready");
  document.body.classList.remove("lost");
});
on("message", (data) => {
  for (const phone of phones.values()) if (store.chats.get(data.chat).people.includes(phone.key)) phone.take(data);
  people.draw();
});
on("delete", ({ id, chat }) => phones.forEach((phone) => phone.chat === chat && phone.remove(id)));
on("chat", () => phones.forEach((phone) => phone.drawTabs()));
on("chat-controls", () => phones.forEach((phone) => phone.drawControls()));
on("answered", (data) => phones.get(data.person)?.answered(data));
on("typing", ({ chat }) => phones.forEach((phone) => phone.chat === chat && phone.drawTyping()));
on("people", () => {
  phones.forEach((phone) => phone.drawPerson());
  people.draw();
});
on("faults", () => behind.drawFaults());
on("queues", () => behind.drawQueues());
on("story", (entry) => behind.takeEntry(entry));
on("clock", () => {
  drawClock();
  drawMoments();
});
on("lost", () => document.body.classList.add("lost"));

byId("own-time").addEventListener("submit", (event) => {
  event.preventDefault();
  move(byId("own-time-at").value);
});
byId("clock-menu").addEventListener("toggle", () => {
  if (byId("clock-menu").open) byId("own-time-at").value = new Date(now() + 7 * 3600000).toISOString().slice(0, 16);
});
document.addEventListener("click", (event) => {
  const menu = byId("clock-menu");
  if (menu.open && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") byId("clock-menu").open = false;
});
byId("reset").addEventListener("click", async () => {
  const button = byId("reset");
  button.disabled = true;
  try {
    await api.reset();
  } catch (error) {
    complain(error.message);
  } finally {
    button.disabled = false;
  }
});
for (const button of document.querySelectorAll(".bottom button"))
  button.addEventListener("click", () => view(button.dataset.show));
setInterval(drawClock, 1000);
connect();
