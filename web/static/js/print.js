// "Print" buttons; without a script they are not shown (see staff.css).
document.documentElement.classList.add("can-print");
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
