// Locks the page after data-idle-s seconds in which nobody touched it, in any tab. The
// controller ends the session by itself as well; this clears the names off the screen.

const limitMs = Number(document.body.dataset.idleS || 0) * 1000;
const form = document.getElementById("lock");
const KEY = "touched";

function touch() {
  localStorage.setItem(KEY, String(Date.now()));
}

let watch = 0;

function look() {
  const idleMs = Date.now() - Number(localStorage.getItem(KEY) || Date.now());
  if (idleMs < limitMs) return;
  clearInterval(watch);
  form.requestSubmit();
}

if (limitMs && form) {
  touch();
  for (const name of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    addEventListener(name, touch, { passive: true, capture: true });
  }
  watch = setInterval(look, 5000);
}
