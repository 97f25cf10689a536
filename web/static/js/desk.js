// The form of a visit asks for what its choices need: a name for somebody who is not on
// the list, a reason for the head's word. Which fields are in sight is desk.css's.

function ask(form) {
  const to = form.querySelector("[name=to]:checked")?.value ?? "";
  const identity = to !== "owner";
  for (const field of form.querySelectorAll("[data-needed]")) field.required = field.offsetParent !== null;
  for (const radio of form.querySelectorAll("[name=identity]")) radio.required = identity;
}

function find() {
  for (const form of document.querySelectorAll("form.giving")) ask(form);
}

find();
document.body.addEventListener("change", find);
document.body.addEventListener("htmx:after:swap", find);
