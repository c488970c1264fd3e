/** What the page knows: one stream that begins with everything and goes on with what changes. */

export const store = {
  people: [],
  chats: new Map(),
  faults: {},
  queues: {},
  story: new Map(),
  hints: [],
  moments: [],
  clock: { now: Date.now(), since: performance.now(), moving: false },
  typing: new Map(),
};

const listeners = new Map();
const KINDS = [
  "state", "message", "delete", "chat", "chat-controls", "answered", "typing",
  "people", "faults", "queues", "story", "clock", "reset",
];

/** Call `listener` with the data of each event of a kind, after the store has taken it in. */
export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, []);
  listeners.get(kind).push(listener);
}

function emit(kind, data) {
  for (const listener of listeners.get(kind) ?? []) listener(data);
}

const keepChat = (chat) =>
  store.chats.set(chat.key, { ...chat, messages: new Map(chat.messages.map((message) => [message.id, message])) });

const keepClock = ({ now, moments, moving = false }) => {
  store.clock = { now, since: performance.now(), moving };
  store.moments = moments;
};

const take = {
  state(data) {
    store.people = data.people;
    store.chats.clear();
    data.chats.forEach(keepChat);
    store.faults = data.faults;
    store.queues = data.queues;
    store.story = new Map(data.story.map((entry) => [entry.id, entry]));
    store.hints = data.hints;
    keepClock(data);
  },
  message(data) {
    const chat = store.chats.get(data.chat);
    if (!chat) return;
    chat.messages.set(data.message.id, data.message);
    controls(chat, data);
    if (data.message.from.bot) store.typing.delete(data.chat);
  },
  delete: (data) => store.chats.get(data.chat)?.messages.delete(data.id),
  chat: keepChat,
  "chat-controls": (data) => controls(store.chats.get(data.chat), data),
  answered: (data) => store.typing.delete(data.chat),
  typing: (data) => store.typing.set(data.chat, performance.now()),
  people: (data) => (store.people = data.people),
  faults: (data) => (store.faults = data),
  queues: (data) => (store.queues = data),
  story: (data) => store.story.set(data.id, data),
  clock: keepClock,
};

function controls(chat, { keyboards, commands }) {
  if (chat && keyboards) Object.assign(chat, { keyboards, commands });
}

let source;

/** Open the stream; it reconnects by itself, and whenever it opens it begins with everything again. */
export function connect() {
  source?.close();
  source = new EventSource("/api/events");
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => {
      const data = JSON.parse(event.data);
      take[kind]?.(data);
      emit(kind, data);
    });
  }
  source.addEventListener("reset", connect);
  source.addEventListener("error", () => emit("lost", {}));
}

/** The present moment of the sample team in milliseconds. */
export const now = () => store.clock.now + (performance.now() - store.clock.since);

/** The bot seems to be writing in a chat. */
export function showTyping(chat) {
  store.typing.set(chat, performance.now());
  emit("typing", { chat });
}

export const person = (key) => store.people.find((each) => each.key === key);
export const chatsOf = (key) => [...store.chats.values()].filter((chat) => chat.people.includes(key));
export const inOrder = (chat) => [...chat.messages.values()].sort((one, other) => one.order - other.order);
