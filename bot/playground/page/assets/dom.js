/** Makes elements. Strings become text nodes; nothing here ever reads data as HTML. */

export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** An address that is safe to put into a link; null for any other scheme than the web's. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

const zone = "Asia/Ho_Chi_Minh";
const hour = new Intl.DateTimeFormat("vi-VN", { timeZone: zone, hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("vi-VN", { timeZone: zone, weekday: "long", day: "numeric", month: "numeric" });
const key = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });

export const clockTime = (milliseconds) => hour.format(milliseconds);
export const dayName = (milliseconds) => day.format(milliseconds);
export const dayKey = (milliseconds) => key.format(milliseconds);

/** A size in bytes for people. */
export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const [size, unit] = bytes < 1048576 ? [bytes / 1024, "KB"] : [bytes / 1048576, "MB"];
  return `${size.toFixed(size < 10 ? 1 : 0).replace(".", ",")} ${unit}`;
}

/** Without marks and case, for searching. */
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
