// "Play the day": its buttons, its line of steps, and what is said while it goes on.

import { Day } from "./twin_day.js";
import { PACES } from "./twin_pace.js";

const HOME_TIME = "15:15"; // where the board tells of none
const part = (name) => document.getElementById(`play-${name}`);
const title = document.title;

// What each step says while it goes on, and once it is over, of n and of so many.
const GOING = {
  "phones-in": (n, of) => `${n} of ${of} phones are in.`,
  lessons: (n, of) => `It is noon. ${n} of ${of} have tried, and nothing opened.`,
  "home-time": (n, of) => `${n} of ${of} have their phone back.`,
};
const OVER = {
  "phones-in": (n, of) => `${n} of ${of} handed in.`,
  lessons: (n, of) => `${n} of ${of} kindly turned away.`,
  "home-time": (n, of) => `${n} of ${of} went home with their phone.`,
};
const CALLS = {
  "not-released": "Now you are the teacher.",
  "wave-to-come": "The next wave is yours to begin, or begins once the doors are shut.",
};

export class Player {
  constructor(room, rules) {
    const { zone = "Europe/London" } = document.body.dataset;
    this.room = room;
    this.rules = rules;
    this.pupils = [...document.querySelectorAll("[data-pupil]")].map(({ dataset }) => ({ door: Number(dataset.pupil), uid: dataset.card }));
    this.home = part("panel").dataset.homeTime || HOME_TIME;
    this.zone = zone;
    this.day = null;
    this.pausedWords = "";
    this.buttons = Object.fromEntries(["begin", "pause", "stop"].map((name) => [name, part(name)]));
    this.buttons.begin.addEventListener("click", () => this.play());
    this.buttons.pause.addEventListener("click", () => this.pauseOrGoOn());
    this.buttons.stop.addEventListener("click", () => this.stop());
    this.buttons.begin.disabled = this.pupils.length === 0;
  }

  get isPlaying() { return this.day !== null; }

  seen(world) { this.day?.seen(world); }

  // ----------------------------------------------------------------------- the buttons

  async play() {
    if (this.isPlaying) return;
    this.begin();
    this.day = new Day({
      room: this.room,
      pupils: this.pupils,
      pace: () => PACES[document.querySelector("[name=pace]:checked").value],
      zone: this.zone,
      homeTime: () => this.home,
      told: this,
    });
    const stream = this.listen();
    await this.day.play().catch((error) => { this.end(`Something went wrong in this page: ${error.message}`); throw error; });
    stream.close();
  }

  begin() {
    this.summary = [];
    this.step(null);
    this.failures = new Map();
    this.pausedWords = "";
    this.drawFailures();
    this.buttonsFor("going");
    this.buttons.pause.focus();
  }

  // The page's own stream rests while the page is hidden; this one does not.
  listen() {
    const stream = new EventSource("/stream");
    stream.addEventListener(`class-${part("panel").dataset.class}`, () => this.day?.nudge());
    stream.addEventListener("board", ({ data }) => {
      const stop = JSON.parse(data).stops?.find(({ label }) => label === "home-time");
      this.home = stop?.at ?? this.home;
    });
    return stream;
  }

  pauseOrGoOn() {
    if (this.buttons.pause.dataset.does === "go-on") {
      this.day.goOn();
      this.buttonsFor("going");
      this.pausedWords = "";
      this.say(this.said);
      return;
    }
    this.day.pause();
    this.paused(null);
  }

  stop() {
    this.day.stop();
    this.buttons.stop.disabled = true;
    this.announce("Stopping. Whoever stands at a door shuts it.");
  }

  buttonsFor(state) {
    const { begin, pause, stop } = this.buttons;
    begin.hidden = state !== "over";
    pause.hidden = stop.hidden = state === "over";
    stop.disabled = false;
    pause.dataset.does = state === "paused" ? "go-on" : "pause";
    pause.lastElementChild.textContent = state === "paused" ? "Go on" : "Pause";
  }

  // --------------------------------------------------------- what the day tells of itself

  step(name) {
    this.summarise();
    this.now = name;
    const steps = [...part("line").children];
    const at = steps.findIndex(({ dataset }) => dataset.step === name);
    steps.forEach((stop, i) => this.mark(stop, at < 0 || i > at ? "todo" : i < at ? "done" : "now"));
    this.count(0, 1);
    if (name) this.announce(`${steps[at].querySelector("b").textContent}.`);
  }

  mark(stop, state) {
    stop.className = state;
    stop.querySelector(".ico").toggleAttribute("hidden", state !== "done");
    if (state === "now") stop.setAttribute("aria-current", "step");
    else stop.removeAttribute("aria-current");
  }

  count(n, of) {
    this.counted = [n, of];
    part("bar").max = Math.max(of, 1);
    part("bar").value = n;
    if (this.now) this.say(GOING[this.now](n, of));
  }

  turnedAway({ door }, { reason }) {
    if (reason) this.say(`Door ${door}’s child taps. Not now: ${this.words({ reason })} The kiosk says until when.`);
  }

  teacher(why) {
    if (why === this.waitsFor) return;
    this.waitsFor = why;
    part("teacher").hidden = !why;
    document.title = why ? `Your turn: ${title}` : title;
    if (!why) return;
    part("teacher-calls").textContent = CALLS[why];
    part("teacher").scrollIntoView({ block: "nearest" });
    part("aloud").textContent = part("teacher").textContent;
  }

  failed({ door }, said) {
    const words = this.words(said);
    this.failures.set(words, [...(this.failures.get(words) ?? []), door]);
    this.drawFailures();
  }

  // By the one who plays, or because nothing answers any more.
  paused(said) {
    this.buttonsFor("paused");
    const why = said ? `Three taps in a row came to nothing. ${this.words(said)} Mend it, then go on.` : "Nobody new comes to the reader.";
    this.pausedWords = `Paused. ${why} `;
    this.say(this.said);
    part("aloud").textContent = this.pausedWords;
  }

  halted(said) { this.halt = this.words(said); }

  ended(isStopped) {
    this.summarise();
    if (!isStopped) for (const stop of part("line").children) this.mark(stop, "done");
    const first = isStopped ? "Stopped. Play goes on from here." : "That was the day.";
    this.end([this.halt, first, ...this.summary, this.trouble()].filter(Boolean).join(" "));
  }

  end(words) {
    this.teacher(null);
    this.halt = null;
    this.pausedWords = "";
    this.now = null;
    this.day = null;
    this.buttonsFor("over");
    this.buttons.begin.focus();
    this.announce(words);
  }

  // ------------------------------------------------------------------------- its words

  summarise() {
    if (this.now && OVER[this.now] && this.counted[1]) this.summary.push(OVER[this.now](...this.counted));
  }

  trouble() {
    const doors = new Set([...this.failures.values()].flat());
    if (!doors.size) return "";
    return doors.size === 1 ? "One did not go well, below." : `${doors.size} did not go well, below.`;
  }

  words({ reason, message, error, result }) {
    const own = {
      unanswered: "The reader did not answer.",
      unknown: "The card is not known.",
      "too-late": "The door was pulled too late: the bolt was back in place.",
      "bolt-not-back": "The bolt did not move.",
      "too-old": "The supply was busy for too long; the order was given up.",
      "controller-down": "The controller stopped before the bolt had moved.",
      opened: "The door opened, and should not have.",
    };
    return this.rules[reason] ?? own[reason] ?? message ?? own[error] ?? own[result] ?? `The answer was “${reason ?? error ?? result}”.`;
  }

  say(words) {
    this.said = words;
    part("says").textContent = this.pausedWords + words;
  }

  // For those who listen too: what matters, not each child.
  announce(words) {
    this.say(words);
    part("aloud").textContent = words;
  }

  drawFailures() {
    part("failed").hidden = this.failures.size === 0;
    part("failures").replaceChildren(...[...this.failures].map(([words, doors]) => {
      const line = document.createElement("li");
      const which = document.createElement("b");
      which.textContent = `${doors.length === 1 ? "Door" : "Doors"} ${doors.join(", ")}: `;
      line.append(which, words);
      return line;
    }));
  }
}
