// The developers' page: every button is one of the /twin calls, and the picture of the
// room is GET /twin/world, several times a second while somebody looks.

const LOOK_MS = 400;
const LONGEST_LOG = 60;
const log = document.getElementById("log");
const value = (id) => document.getElementById(id).value;

async function call(path, body) {
  const answer = await fetch(`/twin/${path}`, body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  return answer.json();
}

async function act(path, body) {
  const line = document.createElement("li");
  line.textContent = `${path} …`;
  log.prepend(line);
  while (log.children.length > LONGEST_LOG) log.lastChild.remove();
  try {
    line.textContent = `${path} → ${JSON.stringify(await call(path, body))}`;
  } catch {
    line.textContent = `${path} → no answer`;
  }
}

// ------------------------------------------------------------------- the hands

const reader = () => encodeURIComponent(value("reader"));
const marked = () => [...document.querySelectorAll(".card-sim input:checked")].map((box) => box.value);

document.getElementById("main").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { dataset } = button;
  if ("tap" in dataset) act(`readers/${reader()}/tap`, { uid: dataset.tap });
  if ("tapTyped" in dataset) act(`readers/${reader()}/tap`, { uid: value("uid") });
  if ("lay" in dataset) act(`readers/${reader()}/cards`, { uids: marked() });
  if ("lift" in dataset) act(`readers/${reader()}/cards`, { uids: [] });
  if ("clockAt" in dataset) act("clock", { at: dataset.clockAt });
  if ("advance" in dataset) act("clock", { advance_s: Number(dataset.advance) });
  if ("do" in dataset) hand(button.closest("[data-n]").dataset.n, dataset);
});

function hand(n, { do: kind, what }) {
  const body = { do: what };
  if (what === "put") body.label = `phone ${n}`;
  act(`compartments/${n}/${kind}`, body);
}

document.getElementById("main").addEventListener("change", (event) => {
  const { dataset, checked } = event.target;
  if (!dataset.fault) return;
  const on = { reader: value("reader"), door: Number(value("fault-door")) }[dataset.on] ?? null;
  act("faults", { kind: dataset.fault, on, active: checked });
});

// ----------------------------------------------------------------- the picture

function show(world) {
  const words = (id, text) => { document.getElementById(id).textContent = text; };
  words("room-clock", `${world.clock.slice(0, 19).replace("T", " ")} UTC, ${world.clock_state ?? ""}`);
  words("lying", (world.readers.find((one) => one.name === value("reader"))?.cards ?? []).join(", "));
  words("broken", (world.faults ?? []).map(({ kind, on }) => `${kind} ${on ?? ""}`).join("; "));
  for (const one of world.compartments) showBay(one);
}

function showBay(one) {
  const bay = document.getElementById(`bay-${one.n}`);
  if (!bay) return;
  bay.classList.toggle("is-open", one.door === "open");
  bay.classList.toggle("is-back", one.bolt === "retracted");
  bay.classList.toggle("is-powered", one.coil);
  bay.querySelector(".coil").hidden = !one.coil;
  bay.querySelector("[data-door]").textContent = one.door;
  bay.querySelector("[data-bolt]").textContent = `bolt ${one.bolt}`;
  bay.querySelector("[data-device]").textContent = one.device ?? "";
}

async function look() {
  if (!document.hidden) {
    try { show(await call("world")); } catch { /* the room is away: the next look tells */ }
  }
  setTimeout(look, LOOK_MS);
}
look();
