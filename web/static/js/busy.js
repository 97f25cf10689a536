// A form that takes its time (a file, a roll) says so once it is sent, and cannot be sent
// twice. What it says is in data-busy.
addEventListener("submit", (event) => {
  const words = event.target.dataset.busy;
  if (!words) return;
  const button = event.submitter || event.target.querySelector("[type=submit]");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-label", words);
  const says = Object.assign(document.createElement("p"), { textContent: words });
  says.setAttribute("role", "status");
  button.parentElement.after(says, bar);
  setTimeout(() => { button.disabled = true; }); // after the browser has read the form
});

// Back from the browser's memory: the form can be sent again.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
