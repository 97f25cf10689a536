// The pad on which a parent signs: lines in a square of 1000 units, drawn as SVG and sent
// as numbers. No picture is made, none is sent.

const SIZE = 1000;
const MOST_STROKES = 60;
const MOST_POINTS = 4000;
const CLOSE = 4; // units; nearer points say nothing new
const SVG = "http://www.w3.org/2000/svg";

const pad = document.getElementById("pad");
const ink = pad.querySelector("g");
const form = pad.closest("form");
const done = form.querySelector("[value=screen]");
const anew = document.getElementById("anew");
const strokes = [];
let line = null;

for (const part of [pad, done, anew, document.getElementById("pad-words")]) part.hidden = false;

const at = (value, from, length) => Math.min(SIZE, Math.max(0, Math.round(((value - from) / length) * SIZE)));
const points = () => strokes.reduce((sum, stroke) => sum + stroke.length, 0);

function add(event) {
  const box = pad.getBoundingClientRect();
  const point = [at(event.clientX, box.left, box.width), at(event.clientY, box.top, box.height)];
  const stroke = strokes.at(-1);
  const last = stroke.at(-1);
  if (last && Math.abs(last[0] - point[0]) + Math.abs(last[1] - point[1]) < CLOSE) return;
  if (points() >= MOST_POINTS) return;
  stroke.push(point);
  line.setAttribute("points", [...stroke, point].map((p) => p.join(",")).join(" "));
}

pad.addEventListener("pointerdown", (event) => {
  if (strokes.length >= MOST_STROKES || line) return;
  event.preventDefault();
  pad.setPointerCapture(event.pointerId);
  line = ink.appendChild(document.createElementNS(SVG, "polyline"));
  strokes.push([]);
  add(event);
  pad.classList.remove("empty");
});

pad.addEventListener("pointermove", (event) => {
  if (!line) return;
  for (const each of event.getCoalescedEvents?.() ?? [event]) add(each);
});

function lift() {
  line = null;
  done.disabled = points() < 2;
}
for (const name of ["pointerup", "pointercancel"]) pad.addEventListener(name, lift);

anew.addEventListener("click", () => {
  strokes.length = 0;
  ink.replaceChildren();
  pad.classList.add("empty");
  done.disabled = true;
});

form.addEventListener("submit", (event) => {
  form.elements.strokes.value = event.submitter === done ? JSON.stringify(strokes) : "";
});

// A page that comes back from the browser's memory would show a signature that is sent.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
