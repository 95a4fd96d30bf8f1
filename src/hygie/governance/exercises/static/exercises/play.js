// How do the pages of the play keep time, and what is being typed?

// When each shown time was right: the server says it once, this page lets it run.
const shownAt = new WeakMap();
const TICK_MS = 3000;
const LOOK_MS = 250;

function age(element) {
  if (!shownAt.has(element)) shownAt.set(element, performance.now());
  return (performance.now() - shownAt.get(element)) / 1000;
}

function two(number) {
  return String(number).padStart(2, "0");
}

/** `1:05:09`, or `5:09` when short is enough. */
function span(seconds, isShort = false) {
  const whole = Math.floor(Math.abs(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (isShort && hours === 0) return `${minutes}:${two(rest)}`;
  return `${hours}:${two(minutes)}:${two(rest)}`;
}

function put(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Second of the scenario now, and how fast it goes; null when no clock is shown. */
function scenario() {
  const clock = document.querySelector("[data-ply-clock]");
  if (!clock) return null;
  const pace = Number(clock.dataset.pace);
  return { second: Number(clock.dataset.second) + age(clock) * pace, pace };
}

function showClocks() {
  for (const clock of document.querySelectorAll("[data-ply-clock]")) {
    const second = Number(clock.dataset.second) + age(clock) * Number(clock.dataset.pace);
    const whole = Math.floor(second);
    put(clock, `H${whole < 0 ? "-" : "+"}${span(whole)}`);
  }
  for (const day of document.querySelectorAll("[data-ply-day]")) {
    const [hours, minutes, seconds] = day.dataset.start.split(":").map(Number);
    const passed = age(day) * Number(day.dataset.pace);
    const now = Math.floor(hours * 3600 + minutes * 60 + seconds + passed) % 86400;
    put(day, `${two(Math.floor(now / 3600))}:${two(Math.floor(now / 60) % 60)}:${two(now % 60)}`);
  }
}

function showDues() {
  const time = scenario();
  if (!time) return;
  for (const due of document.querySelectorAll("[data-ply-due]")) {
    // A pause holds everything: what is left is told in the scenario's own time.
    const left = (Number(due.dataset.plyDue) - time.second) / (time.pace || 1);
    const words = left > 0 ? due.dataset.wordsIn : due.dataset.wordsLate;
    put(due, words.replace("{t}", span(left, true)));
  }
}

function showSilences() {
  for (const since of document.querySelectorAll("[data-ply-since]")) {
    const told = (Number(since.dataset.now) - Number(since.dataset.plySince)) / 1000;
    put(since, span(Math.max(told + age(since), 0), true));
  }
}

// What came is said to who does not see it, counted in the title, and offered to who reads below.
const TITLE = document.title;
const known = new Set();

function come() {
  return [...document.querySelectorAll("[data-ply-item]")].filter(
    (one) => one.dataset.plyItem && !known.has(one.dataset.plyItem),
  );
}

function sayNews() {
  const fresh = come();
  for (const one of fresh) known.add(one.dataset.plyItem);
  const place = document.querySelector("p[data-ply-said]");
  if (place && fresh.length) put(place, fresh.map((one) => one.dataset.plySaid).join(". "));
}

function showNews() {
  const inbox = document.getElementById("inbox");
  const count = Number(inbox?.dataset.plyNew ?? 0);
  const title = count ? `(${count}) ${TITLE}` : TITLE;
  if (document.title !== title) document.title = title;
  const offer = document.querySelector("[data-ply-news]");
  if (!offer) return;
  put(offer, offer.dataset.words.replace("{n}", count));
  offer.hidden = count === 0 || inbox.getBoundingClientRect().bottom > 0;
}

for (const one of come()) known.add(one.dataset.plyItem);
document.addEventListener("htmx:afterSettle", sayNews);

let asking = false;
let lastAsked = 0;

/** Has what is due played: whoever has the board open keeps the time, beside the worker. */
async function tick() {
  const place = document.querySelector("[data-ply-tick]");
  const isRunning = document.querySelector("[data-ply-running]")?.dataset.plyRunning === "yes";
  if (!place || !isRunning || asking) return;
  const next = document.querySelector("[data-ply-next]")?.dataset.plyNext;
  const isDue = next && scenario().second >= Number(next);
  const pause = isDue ? LOOK_MS * 4 : TICK_MS;
  if (Date.now() - lastAsked < pause) return;
  asking = true;
  lastAsked = Date.now();
  try {
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    await fetch(place.dataset.plyTick, { method: "POST", headers });
  } catch {
    // The state of the connection is shown by the live part; the worker keeps time meanwhile.
  }
  asking = false;
}

setInterval(() => {
  showClocks();
  showDues();
  showSilences();
  showNews();
  tick();
}, LOOK_MS);
showClocks();

// A part that is read again must not take away what is being typed, chosen or unfolded in it.
const held = new Map();

function fieldKey(field) {
  const form = field.form;
  const about = form?.querySelector("[name=inject]")?.value ?? "";
  const choice = ["radio", "checkbox"].includes(field.type) ? field.value : "";
  return [form?.getAttribute("action"), about, field.name, choice].join("|");
}

function isTouched(field) {
  if (["radio", "checkbox"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (field.type === "hidden" || field.tagName === "SELECT") return false;
  return field.value !== field.defaultValue;
}

/** Whether someone is in the middle of an act there: unfolded, or asked to confirm. */
function isBusy(target) {
  const unfolded = target.querySelector("details[open]");
  return target.hasAttribute("data-ply-calm") && (unfolded || document.querySelector("dialog[open]"));
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const target = event.detail.target;
  if (!target?.id) return;
  if (isBusy(target) && event.detail.xhr.status === 200) {
    event.detail.shouldSwap = false;
    setTimeout(() => document.body.dispatchEvent(new CustomEvent("ply-again")), 1500);
    return;
  }
  const fields = [...target.querySelectorAll("input, textarea, select")].filter(isTouched);
  const focused = target.contains(document.activeElement) ? document.activeElement : null;
  held.set(target.id, {
    values: new Map(fields.map((one) => [fieldKey(one), [one.value, one.checked]])),
    focus: focused?.form && focused.name ? [fieldKey(focused), focused.selectionStart] : null,
    open: new Map([...target.querySelectorAll("details[data-key]")].map((one) => [one.dataset.key, one.open])),
  });
});

document.addEventListener("htmx:afterSwap", (event) => {
  const before = event.detail.target;
  const kept = before?.id && held.get(before.id);
  if (!kept) return;
  held.delete(before.id);
  const target = document.getElementById(before.id);
  for (const field of target?.querySelectorAll("input, textarea, select") ?? []) {
    const key = fieldKey(field);
    const value = kept.values.get(key);
    if (value) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = value[1];
      else field.value = value[0];
    }
    if (kept.focus?.[0] === key && field.type !== "hidden") {
      field.focus({ preventScroll: true });
      if (kept.focus[1] !== null) field.setSelectionRange?.(kept.focus[1], kept.focus[1]);
    }
  }
  for (const one of target?.querySelectorAll("details[data-key]") ?? []) {
    if (kept.open.has(one.dataset.key)) one.open = kept.open.get(one.dataset.key);
  }
});

// Whoever is moved to another place finds their page there.
document.body.addEventListener("live:seat", (event) => {
  const { plySeat, plyHome } = document.body.dataset;
  if (plySeat === `p${event.detail.data.participant}`) location.assign(plyHome);
});

document.body.addEventListener("live:incident", () => {
  const words = document.querySelector("[data-ply-incident]")?.dataset.plyIncident;
  if (!words) return;
  globalThis.Hygie.say(words);
  // Whoever reads further down must not miss it.
  document.getElementById("messages").scrollIntoView({ block: "center" });
});

// What was done closes the fold that it was done in; what was sent leaves its form.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (!form || !event.detail.successful || event.detail.requestConfig.verb !== "post") return;
  if (form.hasAttribute("data-ply-clear")) form.reset();
  form.closest("details.ply-pop, details.ply-signal, .ply-tools details")?.removeAttribute("open");
});
