// A page that follows the lockers: its clock, what it says aloud, and what it does
// while the stream is away. The stream itself is htmx's; its events arrive on <body>.

const body = document.body;
const POLL_MS = 15000; // without a stream: as seldom as a screen can bear
const zone = body.dataset.zone || "Europe/London";
const hhmm = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });

// ------------------------------------------------------------------ the clock
// The controller's wall clock, carried on by this browser; not this browser's own.

let startMs = null;

function setClock(atUs) {
  startMs = atUs ? atUs / 1000 - performance.now() : null;
  showClock();
}

function showClock() {
  if (startMs === null) return;
  const now = hhmm.format(startMs + performance.now());
  for (const clock of document.querySelectorAll("[data-clock]")) {
    if (clock.textContent === now) continue;
    clock.textContent = now;
    clock.dateTime = now;
  }
}

setClock(Number(body.dataset.nowUs));
setInterval(showClock, 1000);
body.addEventListener("clock", (event) => setClock(JSON.parse(event.detail.data).at_us));

// ---------------------------------------------- "Door 9 open", for those who listen

const aloud = document.getElementById("aloud");
const WORDS = { open: "open", shut: "shut", broken: "out of order" };
const drawn = [...document.querySelectorAll("[id^=door-]")];
const doors = new Map(drawn.map((door) => [Number(door.id.slice(5)), door.classList[1]]));

body.addEventListener("board", (event) => {
  if (!event.detail?.data || !aloud) return;
  const changed = JSON.parse(event.detail.data).doors
    .filter(({ n, state }) => doors.has(n) && doors.get(n) !== state);
  for (const { n, state } of changed) doors.set(n, state);
  if (changed.length) aloud.textContent = changed.map(({ n, state }) => `Door ${n} ${WORDS[state]}.`).join(" ");
});

// --------------------------------------------------------- an evacuation, on every page

let evacuated = document.getElementById("evacuated") !== null;

body.addEventListener("board", (event) => {
  if (!event.detail?.data) return;
  const now = Boolean(JSON.parse(event.detail.data).evacuated);
  if (now !== evacuated) body.dispatchEvent(new CustomEvent("link"));
  evacuated = now;
});

// ------------------------------------------- what the clock alone changes on a page
// Home time begins without anything having happened: with each new minute of the
// controller's clock a page of a person asks for itself once more.

let minute = body.dataset.nowUs ? hhmm.format(Number(body.dataset.nowUs) / 1000) : "";

body.addEventListener("board", (event) => {
  if (!event.detail?.data || !body.dataset.idleS) return;
  const now = hhmm.format(JSON.parse(event.detail.data).at_us / 1000);
  if (now !== minute) body.dispatchEvent(new CustomEvent("again"));
  minute = now;
});

// ------------------------------------------------------------ the stream is away

let connected = false;

function poll() {
  if (connected || document.hidden) return;
  for (const name of ["link", "board", "kiosk", "again"]) body.dispatchEvent(new CustomEvent(name));
  body.dispatchEvent(new CustomEvent("reconnect"));
}

body.addEventListener("htmx:sse:after:connection", () => { connected = true; setLost(false); });
body.addEventListener("htmx:sse:error", () => { connected = false; setLost(true); });
body.addEventListener("htmx:sse:close", () => { connected = false; });
setInterval(poll, POLL_MS);

// The site itself is silent: nobody can send a notice, so the page brings its own.
function setLost(isLost) {
  const notice = document.getElementById("lost");
  if (notice) notice.hidden = !isLost;
}

// A page that comes back from the browser's memory may be hours old.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
