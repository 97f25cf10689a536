// A room on paper for the day that is played: doors, a clock, and a reader that answers
// as a test wants it to. Everything that is told of the day is kept.

export async function play(wants) {
  const { Day } = await import("/static/js/twin_day.js");
  const doors = wants.doors ?? 4;
  const stage = {
    at: wants.at ?? "2026-11-23T08:25:00+00:00",
    inside: new Map((wants.inside ?? []).map((n) => [n, `phone ${n}`])),
    open: new Set(),
    back: new Set(wants.back ?? []),
    taps: [],
    clocks: [],
    told: [],
    mostOpen: 0,
  };
  const answers = wants.answers ?? {}; // by door: what the reader says, one after the other
  const pulls = wants.pulls ?? {}; // by door: whether the door moves

  const bays = () => Array.from({ length: doors }, (_, i) => i + 1).map((n) => ({
    n, door: stage.open.has(n) ? "open" : "closed", bolt: stage.back.has(n) ? "retracted" : "thrown", device: stage.inside.get(n) ?? null,
  }));
  const soon = () => new Promise((go) => { setTimeout(go, 0); });
  const hands = async (s) => { for (let i = 0; i < 8 * s; i += 1) await soon(); }; // slower than the reader
  const room = {
    world: async () => wants.world ?? { clock: stage.at, compartments: bays() },
    clock: async (at) => { stage.at = at; stage.clocks.push(at); return { clock: at }; },
    tap: async (uid) => {
      await soon();
      stage.taps.push(Number(uid));
      if (stage.at.slice(11, 16) === "12:00") return { result: "refused", reason: "lessons" };
      const said = answers[uid]?.shift() ?? { result: "opened", compartment: Number(uid) };
      if (said.release) setTimeout(() => day.nudge(), 200);
      if (said.wave) { stage.back = new Set(said.wave); setTimeout(() => day.seen({ compartments: bays() }), 0); }
      return said;
    },
    pull: async (n) => {
      await soon();
      if (pulls[n]?.shift() === false) return { moved: false };
      stage.open.add(n);
      stage.mostOpen = Math.max(stage.mostOpen, stage.open.size);
      return { moved: true, recorded: true };
    },
    push: async (n) => { await soon(); stage.open.delete(n); return { moved: true, recorded: !(wants.forgets ?? []).includes(n) }; },
    put: async (n) => { stage.inside.set(n, `phone ${n}`); return { device: `phone ${n}` }; },
    take: async (n) => { const device = stage.inside.get(n) ?? null; stage.inside.delete(n); return { device }; },
  };
  const keep = (name) => (...words) => { stage.told.push([name, ...words]); if (name === wants.stopAt) day.stop(); };
  const told = Object.fromEntries(["step", "count", "turnedAway", "teacher", "failed", "paused", "halted", "ended"].map((name) => [name, keep(name)]));
  const paused = told.paused;
  told.paused = (said) => { paused(said); setTimeout(() => day.goOn(), 0); };
  const day = new Day({
    room, told, zone: "Europe/London", homeTime: () => "15:15", wait: hands,
    pupils: Array.from({ length: doors }, (_, i) => ({ door: i + 1, uid: String(i + 1) })),
    pace: () => ({ pull: 0, put: 1, take: 1, push: 1, between: 0 }),
  });
  await day.play();
  return { ...stage, inside: [...stage.inside.keys()], open: [...stage.open], back: [] };
}
