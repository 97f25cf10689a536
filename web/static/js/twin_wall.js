// The wall as GET /twin/world tells of it: each bay's door, bolt, coil and what is inside,
// what lies on the reader, what is broken.

const WORDS = { open: "open", closed: "shut" };

const devicesIn = (one) => one.devices ?? (one.device ? [one.device] : []);

export class Wall {
  // reader(): the name of the reader whose cards are shown.
  constructor(reader) {
    this.reader = reader;
    this.titles = new Map([...document.querySelectorAll("[data-card]")].map((card) => [card.dataset.card, card.dataset.title]));
    this.world = { compartments: [], faults: [], readers: [] };
    this.chosen = 1;
  }

  show(world) {
    if (world.error) return;
    this.world = world;
    this.words("room-clock", `${world.clock.slice(0, 19).replace("T", " ")} UTC, ${world.clock_state ?? ""}`);
    const broken = new Set((world.faults ?? []).map(({ on }) => String(on)));
    for (const one of world.compartments) this.showBay(one, broken.has(String(one.n)));
    this.showCards();
    this.showFaults();
    this.showChosen();
  }

  at(n) { return this.world.compartments.find((one) => one.n === n); }

  get lying() { return this.world.readers?.find(({ name }) => name === this.reader())?.cards ?? []; }

  choose(n) {
    this.chosen = n;
    this.showChosen();
  }

  // ------------------------------------------------------------------------ each bay

  showBay(one, isBroken) {
    const bay = document.getElementById(`bay-${one.n}`);
    if (!bay) return;
    const inside = devicesIn(one);
    bay.classList.toggle("is-open", one.door === "open");
    bay.classList.toggle("is-back", one.bolt === "retracted");
    bay.classList.toggle("is-powered", one.coil);
    bay.classList.toggle("is-full", inside.length > 0);
    bay.classList.toggle("is-broken", isBroken);
    this.tell(bay, "door", WORDS[one.door]);
    this.tell(bay, "bolt", `bolt ${one.bolt}`);
    this.tell(bay, "coil", one.coil ? "coil on" : "");
    this.tell(bay, "device", inside.length > 1 ? `${inside.length} devices` : inside[0] ?? "");
    this.tell(bay, "hand", one.door === "open" ? "Push" : "Pull");
  }

  tell(bay, part, words) {
    const told = bay.querySelector(`[data-${part}]`);
    if (told.textContent !== words) told.textContent = words;
  }

  // ---------------------------------------------------------- the door that is chosen

  showChosen() {
    const one = this.at(this.chosen);
    if (!one) return;
    for (const bay of document.querySelectorAll(".sim.is-chosen")) bay.classList.toggle("is-chosen", false);
    document.getElementById(`bay-${one.n}`)?.classList.add("is-chosen");
    const inside = devicesIn(one);
    this.words("chosen-n", String(one.n));
    this.words("chosen-is", `${WORDS[one.door]}, bolt ${one.bolt}, ${inside.length ? inside.join(" and ") : "empty"}`);
    this.words("fault-door", String(one.n));
  }

  // -------------------------------------------------------------- the reader's cards

  showCards() {
    const lying = new Set(this.lying);
    for (const card of document.querySelectorAll("[data-card]")) card.classList.toggle("lies", lying.has(card.dataset.card));
    const names = [...lying].map((uid) => this.titles.get(uid) ?? uid);
    this.words("lying", names.length ? `On the reader: ${names.join(", ")}.` : "Nothing lies on the reader.");
    document.getElementById("lift").hidden = names.length === 0;
  }

  // --------------------------------------------------------------------------- faults

  isBroken(kind, on) {
    return (this.world.faults ?? []).some((fault) => fault.kind === kind && String(fault.on ?? "") === String(on ?? ""));
  }

  onOf(on) { return { reader: this.reader(), door: this.chosen }[on] ?? null; }

  showFaults() {
    for (const box of document.querySelectorAll("[data-fault]")) box.checked = this.isBroken(box.dataset.fault, this.onOf(box.dataset.on));
    const broken = (this.world.faults ?? []).map(({ kind, on }) => {
      const title = document.querySelector(`[data-fault="${kind}"]`)?.dataset.title ?? kind;
      return `${title}${/^\d+$/.test(on ?? "") ? `, door ${on}` : ""}`;
    });
    this.words("broken", broken.length ? `Broken now: ${broken.join("; ")}.` : "Nothing is broken now.");
    document.getElementById("mend").hidden = broken.length === 0;
  }

  words(id, text) {
    const told = document.getElementById(id);
    if (told.textContent !== text) told.textContent = text;
  }
}
