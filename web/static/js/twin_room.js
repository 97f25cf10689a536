// The room over the /twin calls (docs/reference/room-socket.md): hands, cards, the clock,
// a look. Each answers with a plain object; what was refused has .error and .message.

export async function call(path, body) {
  const answer = await fetch(`/twin/${path}`, body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

export const NO_ANSWER = { error: "no-answer", message: "The site does not answer." };

// As call, but a site that is away is an answer like any other.
export async function ask(path, body) {
  try { return await call(path, body); } catch { return NO_ANSWER; }
}

export const phoneOf = (door) => `phone ${door}`;

export class Room {
  constructor(readerName) { this.readerName = readerName; }

  tap(uid) { return ask(`readers/${encodeURIComponent(this.readerName())}/tap`, { uid }); }
  pull(n) { return ask(`compartments/${n}/door`, { do: "pull" }); }
  push(n) { return ask(`compartments/${n}/door`, { do: "push" }); }
  put(n) { return ask(`compartments/${n}/device`, { do: "put", label: phoneOf(n) }); }
  take(n) { return ask(`compartments/${n}/device`, { do: "take" }); }
  clock(at) { return ask("clock", { at }); }
  world() { return ask("world"); }
}
