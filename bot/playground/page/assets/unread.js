/** How far each person has read each chat; everything that was there at the beginning is read. */

import { chatsOf, inOrder, person, store } from "./store.js";

const read = new Map();
const place = (who, chat) => `${who} ${chat}`;
const newest = (chat) => inOrder(chat).at(-1)?.order ?? -1;

/** Everything that stands there now is old. */
export function beginRead() {
  read.clear();
  for (const chat of store.chats.values()) for (const who of chat.people) read.set(place(who, chat.key), newest(chat));
}

export const markRead = (who, chat) => read.set(place(who, chat), newest(store.chats.get(chat)));

/** How many messages of others a person has not seen in a chat. */
export function unread(who, chat) {
  const seen = read.get(place(who, chat)) ?? -1;
  return inOrder(store.chats.get(chat)).filter((message) => message.order > seen && message.from.key !== who).length;
}

export const unreadOf = (who) =>
  person(who) ? chatsOf(who).reduce((sum, chat) => sum + unread(who, chat.key), 0) : 0;
