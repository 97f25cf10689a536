// A button that acts after a press held for as long as data-hold says, in ms. From the
// keyboard, where nothing is held, Enter asks once more.

function guard(form) {
  const button = form.querySelector("button");
  const title = form.querySelector("[data-title]") || button;
  const words = title.textContent;
  let timer = 0;
  let asked = false;

  const begin = () => {
    form.classList.add("holding");
    timer = setTimeout(() => { asked = true; form.requestSubmit(button); }, Number(form.dataset.hold));
  };
  const cancel = () => {
    form.classList.remove("holding");
    clearTimeout(timer);
  };

  button.addEventListener("pointerdown", begin);
  for (const name of ["pointerup", "pointerleave", "pointercancel"]) button.addEventListener(name, cancel);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    if (asked) return;
    event.preventDefault();
    if (event.detail > 0) return; // a short press of a finger: hold it instead
    asked = true;
    title.textContent = `Press again: ${words}`;
    setTimeout(() => { asked = false; title.textContent = words; }, 5000);
  });
}

const find = (root) => root.querySelectorAll?.("form[data-hold]").forEach((form) => {
  if (form.dataset.guarded) return;
  form.dataset.guarded = "yes";
  guard(form);
});
find(document);
document.body.addEventListener("htmx:after:swap", () => find(document));
