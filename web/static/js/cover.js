// Reasons stay for some seconds only (WEB-8). At the end they are taken off this page
// first and the page is asked for anew second: a site that does not answer leaves nothing
// on the whiteboard.
const shown = document.querySelector("[data-cover-s]");

function cover() {
  for (const part of shown.querySelectorAll("[data-covered]")) part.replaceChildren();
  location.replace(shown.dataset.coverAt);
}

if (shown) {
  const bar = shown.querySelector("progress");
  const says = shown.querySelector("[role=status]");
  const total = Number(shown.dataset.coverS);
  const end = performance.now() + total * 1000;
  const tick = setInterval(() => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left > 0) bar.value = left;
    else { clearInterval(tick); cover(); }
    if (left === 5) says.textContent = "Reasons are showing for 5 more seconds.";
  }, 250);
  // A page kept by the browser for "back" must not come back uncovered.
  addEventListener("pagehide", () => {
    for (const part of shown.querySelectorAll("[data-covered]")) part.replaceChildren();
  });
}
