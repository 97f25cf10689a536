// The simulated room: every press is one of the /twin calls, and the picture of the room
// is GET /twin/world, several times a second while somebody looks or a day is played.

import { begin, inWords } from "./twin_log.js";
import { Player } from "./twin_play.js";
import { Room, ask, phoneOf } from "./twin_room.js";
import { instant, local, nextSaturday, nextWeekday } from "./twin_time.js";
import { Wall } from "./twin_wall.js";

const LOOK_MS = 350;
const main = document.getElementById("main");
const rules = JSON.parse(main.dataset.rules);
const reader = () => document.getElementById("reader").value;
const wall = new Wall(reader);
const player = new Player(new Room(reader), rules);

async function act(path, body, words) {
  const tell = begin(path, body, words);
  const answer = await ask(path, body);
  tell(answer, inWords(answer, rules));
  return answer;
}

// ------------------------------------------------------------------- the hands

const PRESSES = {
  bay: ({ n }) => hand(Number(n), wall.at(Number(n))?.door === "open" ? "push" : "pull"),
  do: ({ do: what }) => hand(wall.chosen, what),
  card: ({ card, title }) => (leaves() ? lay(card) : tap(card, title)),
  typed: () => tap(document.getElementById("uid").value, "A typed card"),
  lift: () => act(`readers/${encodeURIComponent(reader())}/cards`, { uids: [] }, "All cards off the reader"),
  clockAt: async ({ clockAt, day, words }) => act("clock", { at: await momentOf(day, clockAt) }, words),
  advance: ({ advance, words }) => act("clock", { advance_s: Number(advance) }, words),
  mend: mendAll,
};

main.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const press = button && Object.keys(PRESSES).find((name) => name in button.dataset);
  if (press) PRESSES[press](button.dataset);
});

const HANDS = {
  pull: ["door", "Pull door"], push: ["door", "Push door"],
  put: ["device", "Put a phone into door"], take: ["device", "Take out of door"],
};

async function hand(n, what) {
  wall.choose(n);
  const [kind, words] = HANDS[what];
  const body = what === "put" ? { do: what, label: phoneOf(n) } : { do: what };
  await act(`compartments/${n}/${kind}`, body, `${words} ${n}`);
  look.now();
}

// ------------------------------------------------------------------- the clock

const { zone } = document.body.dataset;
const DAYS = { today: (day) => day, next: nextWeekday, saturday: nextSaturday };

// By the room's own day: this page may not have seen it yet, and the browser has another.
async function momentOf(day, hhmm) {
  const { clock } = await ask("world");
  const today = local(clock ?? Date.now(), zone).day;
  return instant(DAYS[day](today), hhmm, zone);
}

// ------------------------------------------------------------------- the cards

const leaves = () => document.querySelector("[name=card-press]:checked").value === "leave";

async function tap(uid, title) {
  const answer = await act(`readers/${encodeURIComponent(reader())}/tap`, { uid }, `${title} taps`);
  if (answer.compartment) wall.choose(answer.compartment);
}

async function lay(uid) {
  const lying = new Set(wall.lying);
  const words = lying.delete(uid) ? "A card off the reader" : "A card stays on the reader";
  if (!wall.lying.includes(uid)) lying.add(uid);
  await act(`readers/${encodeURIComponent(reader())}/cards`, { uids: [...lying] }, words);
  look.now();
}

// ------------------------------------------------------------------- the faults

main.addEventListener("change", ({ target }) => {
  const { fault, on, title } = target.dataset;
  if (!fault) return;
  const words = target.checked ? `Break: ${title}` : `Mend: ${title}`;
  act("faults", { kind: fault, on: wall.onOf(on), active: target.checked }, words);
});

async function mendAll() {
  for (const { kind, on } of wall.world.faults ?? []) await act("faults", { kind, on, active: false }, "Mend");
  look.now();
}

// ------------------------------------------------------------------ the picture

const look = {
  async now() {
    const world = await ask("world");
    wall.show(world);
    player.seen(world);
  },
  async on() {
    if (!document.hidden || player.isPlaying) await look.now();
    setTimeout(look.on, LOOK_MS);
  },
};
look.on();
