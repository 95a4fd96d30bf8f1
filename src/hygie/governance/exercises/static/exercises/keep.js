// What if the network is gone when something is written? It is kept on this device, then sent again.
//
// Each thing carries a key made here: the server keeps it once, however often it is sent.

// A device changes hands: what one person wrote waits for them, and is never sent in another's name.
const { plyExercise, plySeat } = document.body.dataset;
const KEY = `hygie.exercise:${plyExercise}:${plySeat}`;
const AGAIN_MS = 4000;
let memory = [];

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return memory; // storage refused: kept as long as the page lives
  }
}

function keep(things) {
  memory = things;
  try {
    localStorage.setItem(KEY, JSON.stringify(things));
  } catch {
    // In memory only.
  }
  show();
}

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function show() {
  const things = kept();
  for (const place of document.querySelectorAll("[data-ply-waiting]")) {
    const mine = things.filter((one) => one.about === place.dataset.plyWaiting);
    place.hidden = mine.length === 0;
    place.replaceChildren(
      ...mine.map((one) => {
        const line = document.createElement("li");
        line.textContent = `… ${one.fields.text ?? one.fields.note ?? ""}`;
        return line;
      }),
    );
  }
  const count = document.querySelector("[data-ply-waiting-count]");
  if (count) {
    count.hidden = things.length === 0;
    count.textContent = count.dataset.words.replace("{n}", things.length);
  }
}

/** Sends one thing; says whether it need not be kept any more. */
async function send(thing) {
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  headers.Accept = "application/json";
  let answer;
  try {
    answer = await fetch(thing.url, {
      method: "POST",
      headers,
      body: new URLSearchParams(thing.fields),
      redirect: "manual",
    });
  } catch {
    return false;
  }
  if (answer.ok) {
    document.body.dispatchEvent(new CustomEvent("exercise-changed"));
    return true;
  }
  // Sent to sign-in, or the server is in trouble: later. Refused for what it says: tell, and let go.
  if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status >= 500) return false;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  globalThis.Hygie.say(page.querySelector("[data-refusal]")?.textContent.trim());
  return true;
}

let sending = false;

async function flush() {
  if (sending) return;
  sending = true;
  try {
    for (const thing of kept()) {
      if (!(await send(thing))) break;
      keep(kept().filter((one) => one.key !== thing.key));
    }
  } finally {
    sending = false;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-ply-keep]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(form));
  delete fields.csrfmiddlewaretoken;
  const key = newKey();
  fields.device_key = key;
  fields.seen_ms = String(Date.now());
  keep([...kept(), { key, about: form.dataset.plyKeep, url: form.getAttribute("action"), fields }]);
  // A mark stays shown as it was given; a line leaves its form for the next one.
  if (form.hasAttribute("data-ply-once")) {
    for (const one of form.querySelectorAll("input[type=radio]")) one.defaultChecked = one.checked;
    for (const one of form.querySelectorAll("textarea")) one.defaultValue = one.value;
    form.querySelector("[data-ply-kept]").textContent = "✓";
  } else {
    form.reset();
  }
  flush();
});

addEventListener("online", flush);
setInterval(() => kept().length && flush(), AGAIN_MS);
document.addEventListener("htmx:afterSwap", show);
show();
flush();
