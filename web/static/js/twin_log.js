// "What came of it": each press in words, and beside it the call and its answer as they
// went over the wire.

const LONGEST = 40;
const log = document.getElementById("log");

function cell(name, text) {
  const told = document.createElement(name);
  told.textContent = text;
  return told;
}

// Write a line for a press; returns what completes it with its answer.
export function begin(path, body, words) {
  const line = document.createElement("li");
  line.append(cell("b", words), cell("code", `${path} ${body === undefined ? "" : JSON.stringify(body)}`));
  log.prepend(line);
  while (log.children.length > LONGEST) log.lastChild.remove();
  document.getElementById("log-empty").hidden = true;
  return (answer, outcome) => {
    line.firstChild.textContent = `${words}: ${outcome}`;
    line.lastChild.textContent += ` → ${JSON.stringify(answer)}`;
  };
}

const TAPS = {
  opened: ({ compartment }) => `door ${compartment} opens`,
  open: ({ compartment }) => `door ${compartment} stands open already`,
  refused: ({ reason }, rules) => `nothing opens. ${rules[reason] ?? reason}`,
  unknown: () => "nobody’s card",
  staff: () => "a member of staff; the kiosk asks for the PIN",
  unanswered: () => "the reader did not answer",
  "not-opened": () => "ordered, and the bolt did not move",
  "two-cards": () => "two cards at once",
  "random-uid": () => "a random number: no card for a locker",
};

// What an answer means, in words.
export function inWords(answer, rules) {
  if (answer.error) return answer.message ?? answer.error;
  if (answer.result) return TAPS[answer.result]?.(answer, rules) ?? answer.result;
  if ("moved" in answer) return answer.moved ? "it moved" : "it did not move";
  if ("device" in answer) return answer.device ?? "nothing was there";
  if ("clock" in answer) return `it is ${answer.clock.slice(11, 16)} UTC`;
  return "done";
}
