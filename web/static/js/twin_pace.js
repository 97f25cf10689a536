// How fast a day is played, and what holds it up: seconds of hands, a pause, doors.

// Seconds of one child: until the door is pulled, the phone is in or out, the door is
// pushed; and between children who are turned away. Pulling must come before the bolt is
// thrown again, 2 s after the tap. A door that is open for less than 1.5 s counts as
// "shut again at once", so even quick hands take 1.6 s; with three doors they keep the
// reader busy. "school" is the middle of the hand times of a class: 12 to 20 s a child at
// the door in the morning, 7 to 12 s at home time.
export const PACES = {
  minute: { pull: 0.4, put: 1, take: 1, push: 0.7, between: 1.8 },
  fast: { pull: 0, put: 0.8, take: 0.8, push: 0.8, between: 0.2 },
  school: { pull: 1, put: 12, take: 6, push: 3, between: 3 },
};

export const seconds = (s) => (s > 0 ? new Promise((done) => { setTimeout(done, s * 1000); }) : Promise.resolve());

// So many at once; who comes later waits for a place.
export class Places {
  constructor(free) {
    this.free = free;
    this.waiting = [];
  }

  async take() {
    if (this.free > 0) this.free -= 1;
    else await new Promise((go) => { this.waiting.push(go); });
  }

  leave() {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}

// Open or shut; whoever comes while it is shut waits.
export class Gate {
  constructor() { this.open(); }

  shut() {
    if (this.isOpen) this.passing = new Promise((go) => { this.let = go; });
    this.isOpen = false;
  }

  open() {
    this.let?.();
    this.passing = Promise.resolve();
    this.isOpen = true;
  }
}

// A bell, heard by whoever waits; rung while nobody does, it is gone.
export class Bell {
  ring() { this.rung?.(true); }

  // Wait until it rings, s seconds at most.
  within(s) {
    return new Promise((done) => {
      const timer = setTimeout(() => done(false), s * 1000);
      this.rung = () => { clearTimeout(timer); done(true); };
    });
  }
}
