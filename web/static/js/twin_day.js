// A school day, played over the /twin calls: one reader, three doors open at most, and a
// teacher who is a person at another page. What goes wrong is told, never passed over.

import { Bell, Gate, Places, seconds } from "./twin_pace.js";
import { TIMES, instant, local, nextWeekday, whereToBegin } from "./twin_time.js";

const DOORS_AT_ONCE = 3;
const TRIES = 3; // of one child, before it is a failure
const IN_A_ROW = 3; // taps without an answer, before the day is paused
const DAYS_TO_TRY = 10; // until a school day is found
const AT_NOON = 3;
const ORDER = ["phones-in", "lessons", "home-time"];

// Turned away by something that is wrong for all: the same child tries again, and three
// in a row pause the day until it has been mended.
const FOR_ALL = ["unanswered", "two-cards", "evacuated", "by-hand"];
// The teacher's doing is waited for: how long at least until the next child tries, so that
// the record does not fill with it. The page's stream tells of a release sooner than the
// longest wait.
const TEACHERS = { "not-released": 1, "wave-to-come": 5 };
const LONGEST_WAIT_S = 12;
const ECHO_S = 0.6; // a refused tap changes the class page too: that is not the teacher

const has = (one) => (one.devices ? one.devices.length > 0 : Boolean(one.device));

export class Day {
  // room: the calls. pupils: [{ door, uid }]. pace(): seconds of hands. zone, homeTime():
  // the school's. told: what is said of it, see twin_play.js. wait(s): lets s seconds pass.
  constructor({ room, pupils, pace, zone, homeTime, told, wait = seconds }) {
    Object.assign(this, { room, pupils, pace, zone, homeTime, told, wait });
    this.places = new Places(DOORS_AT_ONCE);
    this.gate = new Gate();
    this.bell = new Bell();
    this.isStopped = false;
    this.queue = [];
    this.served = new Set();
  }

  // ------------------------------------------------------------- for the one who plays

  pause() { this.gate.shut(); }
  goOn() { this.unanswered = 0; this.gate.open(); }

  // Nobody new comes; whoever stands at a door shuts it.
  stop() {
    this.isStopped = true;
    this.gate.open();
    this.bell.ring();
  }

  // The class page has changed: a release perhaps.
  nudge() { this.bell.ring(); }

  // The room as it was just seen: in a wave, doors open without a tap.
  seen(world) {
    if (!this.isHomeTime) return;
    for (const one of world.compartments ?? []) {
      const at = this.queue.findIndex(({ door }) => door === one.n);
      if (at >= 0 && (one.bolt === "retracted" || one.door === "open")) this.serve(this.queue.splice(at, 1)[0], one.door);
    }
  }

  async play() {
    const world = await this.room.world();
    if (world.error) {
      this.told.halted(world);
      this.told.ended(true);
      return;
    }
    const phones = this.inside(world).size;
    const begin = whereToBegin(local(world.clock, this.zone), phones > 0, this.homeTime());
    this.day = begin.day;
    let at = begin.at;
    for (const step of ORDER.slice(ORDER.indexOf(begin.step))) {
      if (this.isStopped) break;
      this.told.step(step);
      if (step === "phones-in") await this.phonesIn(at);
      if (step === "lessons") await this.lessons();
      if (step === "home-time") await this.goHome(step === begin.step);
      at = null;
    }
    this.told.ended(this.isStopped);
  }

  // ------------------------------------------------------------------------- the steps

  async phonesIn(at) {
    if (at) await this.clock(at);
    const inside = this.inside(await this.room.world());
    const waiting = this.pupils.filter(({ door }) => !inside.has(door));
    await this.file(waiting, this.handIn, this.pupils.length - waiting.length);
  }

  async lessons() {
    await this.clock(TIMES.noon);
    const inside = this.inside(await this.room.world());
    const three = this.pupils.filter(({ door }) => inside.has(door)).slice(0, AT_NOON);
    this.told.count(0, three.length);
    let turnedAway = 0;
    for (const pupil of three) {
      if (!(await this.mayGoOn())) return;
      const said = await this.room.tap(pupil.uid);
      if (said.result === "refused") turnedAway += 1;
      else this.told.failed(pupil, said);
      this.told.turnedAway(pupil, said);
      this.told.count(turnedAway, three.length);
      if (said.result === "opened") await this.room.push(pupil.door);
      await this.wait(this.pace().between);
    }
  }

  async goHome(isNow) {
    if (!isNow) await this.clock(this.homeTime());
    const inside = this.inside(await this.room.world());
    this.isHomeTime = true;
    await this.file(this.pupils.filter(({ door }) => inside.has(door)), this.collect);
    this.isHomeTime = false;
  }

  // One after the other to the reader; at the doors up to three at once. "done" are those
  // who need not come any more.
  async file(queue, atTheDoor, done = 0) {
    Object.assign(this, { queue, atTheDoor, done, total: queue.length + done, unanswered: 0 });
    this.tries = new Map();
    this.told.count(this.done, this.total);
    while ((this.queue.length || this.served.size) && (await this.mayGoOn())) {
      if (this.queue.length) await this.nextAtTheReader();
      else await Promise.race(this.served);
    }
    await Promise.all(this.served);
  }

  async nextAtTheReader() {
    await this.places.take();
    const pupil = this.isStopped || !this.gate.isOpen ? null : this.queue.shift();
    if (!pupil) { this.places.leave(); return; }
    const said = await this.room.tap(pupil.uid);
    if (said.result === "opened" || said.result === "open") {
      this.unanswered = 0;
      this.told.teacher(null);
      this.serve(pupil, said.result === "open" ? "open" : "closed", () => this.places.leave());
      return;
    }
    this.places.leave();
    await this.turnedAway(pupil, said);
  }

  // The child's hands at the door, while others come to the reader.
  serve(pupil, door, after = () => {}) {
    const hands = this.atTheDoor(pupil, door).then((words) => this.left(pupil, words)).finally(() => {
      this.served.delete(hands);
      after();
    });
    this.served.add(hands);
  }

  left(pupil, words) {
    if (words === "again") { this.again(pupil, { error: "too-late" }); return; }
    if (words) this.told.failed(pupil, { message: words });
    else this.done += 1;
    this.told.count(this.done, this.total);
    if (!this.queue.length) this.bell.ring(); // nobody is left to wait for the teacher
  }

  // ------------------------------------------------------------------- hands at a door

  handIn = async (pupil, door) => {
    if (!(await this.opens(pupil, door))) return "again";
    await this.wait(this.pace().put);
    const put = await this.room.put(pupil.door);
    await this.wait(this.pace().push);
    const shut = await this.room.push(pupil.door);
    return put.error ? put.message : this.asTold(shut);
  };

  collect = async (pupil, door) => {
    if (!(await this.opens(pupil, door))) return "again";
    this.told.teacher(null);
    await this.wait(this.pace().take);
    const taken = await this.room.take(pupil.door);
    await this.wait(this.pace().push);
    const shut = await this.room.push(pupil.door);
    if (taken.error) return taken.message;
    return taken.device ? this.asTold(shut) : "There was no phone behind the door.";
  };

  async opens(pupil, door) {
    if (door === "open") return true;
    await this.wait(this.pace().pull);
    return (await this.room.pull(pupil.door)).moved === true;
  }

  // Nothing, where the door was shut and the controller has recorded it.
  asTold(shut) {
    if (shut.error) return shut.message;
    if (!shut.moved) return "The door did not shut.";
    return shut.recorded ? "" : "The door was shut, and the controller did not record it.";
  }

  // ----------------------------------------------------------------------- turned away

  async turnedAway(pupil, said) {
    const why = said.reason ?? said.result;
    if (why === "no-school") { await this.anotherDay(pupil, said); return; }
    if (why in TEACHERS) { await this.waitForTheTeacher(pupil, why); return; }
    if (said.error || FOR_ALL.includes(why)) this.comesAgain(pupil, said);
    else if (said.result === "not-opened") this.again(pupil, said);
    else this.told.failed(pupil, said);
    await this.wait(this.pace().between);
  }

  // At the end of the queue; after some tries it is told as what it is.
  again(pupil, said) {
    const tries = (this.tries.get(pupil.door) ?? 0) + 1;
    this.tries.set(pupil.door, tries);
    if (tries < TRIES) this.queue.push(pupil);
    else this.told.failed(pupil, said);
  }

  comesAgain(pupil, said) {
    this.queue.push(pupil);
    this.unanswered += 1;
    if (this.unanswered < IN_A_ROW) return;
    this.pause();
    this.told.paused(said);
  }

  async waitForTheTeacher(pupil, why) {
    this.queue.unshift(pupil);
    this.told.teacher(why);
    await this.wait(Math.max(ECHO_S, TEACHERS[why]));
    if (!this.isStopped) await this.bell.within(LONGEST_WAIT_S);
  }

  // --------------------------------------------------------------------------- helpers

  async mayGoOn() {
    await this.gate.passing;
    return !this.isStopped;
  }

  clock(hhmm) { return this.room.clock(instant(this.day, hhmm, this.zone)); }

  // A holiday: the next weekday is tried, and the one after it.
  async anotherDay(pupil, said) {
    this.daysTried = (this.daysTried ?? 0) + 1;
    this.queue.unshift(pupil);
    if (this.daysTried > DAYS_TO_TRY || this.isHomeTime) {
      this.told.halted(said);
      this.stop();
      return;
    }
    this.day = nextWeekday(this.day);
    await this.clock(TIMES.dropOff);
  }

  inside(world) {
    return new Set((world.compartments ?? []).filter(has).map(({ n }) => n));
  }
}
