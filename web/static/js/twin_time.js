// The school's days and times, and where a day that is played is taken up.

const SATURDAY = 6;
const WEEKEND = [0, SATURDAY];
const DAY_MS = 86_400_000;
const DROP_OFF = "08:31"; // a minute after it begins
const DROP_OFF_ENDS = "09:30";
const LATE_UNTIL = "10:00"; // from then on a tap opens nothing until home time
const NOON = "12:00";
const SESSION_MIN = 30; // how long home time lasts

const parts = (zone) => new Intl.DateTimeFormat("en-GB", {
  timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
});

// An instant as the school's wall shows it: { day: "2026-11-23", hhmm: "08:25" }.
export function local(instant, zone) {
  const at = Object.fromEntries(parts(zone).formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return { day: `${at.year}-${at.month}-${at.day}`, hhmm: `${at.hour}:${at.minute}` };
}

// The instant at which the school's wall shows that day and time.
export function instant(day, hhmm, zone) {
  const wanted = Date.parse(`${day}T${hhmm}:00Z`);
  const seen = local(wanted, zone);
  const off = Date.parse(`${seen.day}T${seen.hhmm}:00Z`) - wanted;
  return new Date(wanted - off).toISOString();
}

const isWeekday = (day) => !WEEKEND.includes(new Date(`${day}T12:00Z`).getUTCDay());

export function nextWeekday(day) {
  const next = new Date(Date.parse(`${day}T12:00Z`) + DAY_MS).toISOString().slice(0, 10);
  return isWeekday(next) ? next : nextWeekday(next);
}

export function nextSaturday(day) {
  const next = new Date(`${day}T12:00Z`);
  next.setUTCDate(next.getUTCDate() + ((SATURDAY - next.getUTCDay() + 7) % 7 || 7));
  return next.toISOString().slice(0, 10);
}

function later(hhmm, minutes) {
  return new Date(Date.parse(`2000-01-01T${hhmm}Z`) + minutes * 60_000).toISOString().slice(11, 16);
}

// Where to begin: this morning, tomorrow's, or where the phones that are in stand now.
// "at" is null where the clock may stay as it is.
export function whereToBegin(now, phonesIn, homeTime) {
  const { day, hhmm } = now;
  const isHome = phonesIn && hhmm >= homeTime && hhmm < later(homeTime, SESSION_MIN);
  if (isHome) return { step: "home-time", day, at: null };
  if (phonesIn && hhmm >= LATE_UNTIL && hhmm < homeTime) return { step: "lessons", day, at: NOON };
  if (isWeekday(day) && hhmm < DROP_OFF_ENDS) return { step: "phones-in", day, at: hhmm < DROP_OFF ? DROP_OFF : null };
  return { step: "phones-in", day: nextWeekday(day), at: DROP_OFF };
}

export const TIMES = { dropOff: DROP_OFF, noon: NOON };
