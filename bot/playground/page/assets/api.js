/** Asks the server; a refusal becomes an Error with its reason. */

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || `lỗi ${response.status}`);
  return answer;
}

export const act = (person, name, body = {}) => post("/api/act", { person, act: name, ...body });
export const moveClock = (to) => post("/api/clock", { to });
export const setFault = (platform, name, on) => post("/api/faults", { platform, name, on });
export const addPerson = (platform, name) => post("/api/people", { platform, name });
export const reset = () => post("/api/reset", {});
export const fileAddress = (platform, name, download = false) =>
  `/api/files/${platform}/${encodeURIComponent(name)}${download ? "?download=1" : ""}`;
export const codeAddress = (room) => `/api/code/${room}`;
