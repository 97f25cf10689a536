// The screen beside the lockers: its soft sound and that sound's visual twin, the PIN
// pad, and the way back to waiting. What it shows is the server's.

const kiosk = document.getElementById("kiosk");
const address = kiosk.getAttribute("hx-get");
let heard = null; // serial of the last screen that sounded
let timers = [];
let digits = "";
let last = "";

const screen = () => kiosk.querySelector(".kiosk");
const get = (query) => htmx.ajax("GET", `${address}?${query}`, { target: kiosk, swap: "innerHTML" });

// ------------------------------------------------------------ a screen has come

function begin() {
  const shown = screen();
  if (!shown || isSame(shown)) return;
  timers.forEach(clearTimeout);
  timers = [];
  digits = "";
  document.documentElement.lang = shown.lang;
  const seconds = Number(shown.dataset.seconds);
  if (seconds > 0) timers.push(setTimeout(() => get(`over=${shown.dataset.serial}`), seconds * 1000));
  if (shown.dataset.sound && heard !== shown.dataset.serial) sound(shown);
  heard = shown.dataset.serial;
  if (shown.classList.contains("pinpad")) countDown(shown.dataset.serial);
}

// The same screen again, because another door was shut: its time goes on as it was.
function isSame(shown) {
  const name = `${shown.dataset.serial} ${shown.className}`;
  const same = name === last && !shown.classList.contains("pinpad");
  last = name;
  return same;
}

// ------------------------------------------------------------------- soft sound
// Two soft notes, made here. A browser that may not sound shows the frame all the same.

const NOTES_HZ = [523.25, 783.99]; // C5 and G5: a friendly fifth
let audio = null;

function sound(shown) {
  shown.classList.add("ping");
  timers.push(setTimeout(() => shown.classList.remove("ping"), 1400));
  audio ||= new AudioContext();
  if (audio.state === "suspended") audio.resume();
  NOTES_HZ.forEach((hertz, i) => note(hertz, audio.currentTime + i * 0.14));
}

function note(hertz, at) {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = "sine";
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.18, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.55);
}

// ---------------------------------------------------------------------- PIN pad

const LONGEST = 12;

function showDigits() {
  const dots = document.getElementById("dots");
  while (dots.children.length < digits.length) dots.append(document.createElement("i"));
  [...dots.children].forEach((dot, i) => dot.classList.toggle("on", i < digits.length));
  dots.setAttribute("aria-label", dots.dataset.label.replace("#", digits.length));
  document.getElementById("pin-form").elements.pin.value = digits;
}

function type(digit) {
  if (digits.length < LONGEST) digits += digit;
  showDigits();
}

function erase() {
  digits = digits.slice(0, -1);
  showDigits();
}

function send() {
  if (digits) document.getElementById("pin-form").requestSubmit();
}

function countDown(serial) {
  const bar = document.getElementById("left");
  const words = document.getElementById("left-words");
  const tick = () => {
    if (bar.value <= 0) { get(`over=${serial}`); return; }
    bar.value -= 1;
    words.textContent = bar.dataset.label.replace("#", bar.value);
    bar.setAttribute("aria-label", words.textContent);
    timers.push(setTimeout(tick, 1000));
  };
  timers.push(setTimeout(tick, 1000));
}

kiosk.addEventListener("click", (event) => {
  const key = event.target.closest("#pad button");
  if (!key) return;
  if ("digit" in key.dataset) type(key.dataset.digit);
  if ("delete" in key.dataset) erase();
});

addEventListener("keydown", (event) => {
  if (!kiosk.querySelector("#pad") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^[0-9]$/.test(event.key)) type(event.key);
  else if (event.key === "Backspace") erase();
  else if (event.key === "Escape") kiosk.querySelector("#pin-form .row button").click();
  else if (event.key === "Enter" && !event.target.closest("button")) send();
  else return;
  event.preventDefault();
});

document.body.addEventListener("htmx:after:swap", begin);
begin();
