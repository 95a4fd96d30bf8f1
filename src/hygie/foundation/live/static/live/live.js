// How does a page hear what is told? By a stream, else by reading; each event once, in order.
//
// An event of kind K is dispatched on the body as `live:K`, with {id, kind, at, data} as detail, so
// that htmx reads again what changed: hx-trigger="live:inject.played from:body". Beside these,
// `live-state` tells {state}, and `live-reset` (cancelable) that the page must be read anew.

// Browsers open six connections to a site: a page that nobody sees gives its own back.
const HIDDEN_AFTER_MS = 10_000;
const HIDDEN_EVERY_MS = 15_000;
// A stream that opens and says nothing is held back by a proxy.
const HELLO_MS = 6_000;
const HELD_BACK_MS = 300_000;
// Streams that failed in a row before we only read for a while.
const TRIES = 3;
const REST_MS = 60_000;
// One that lasted so long was a good one.
const GOOD_MS = 10_000;
const ANSWER_MS = 10_000;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 8_000;
const RESET_AGAIN_MS = 30_000;
const REFUSALS = [401, 403, 404, 410];

const connections = new Map();

/** What the tab remembers; some browsers refuse to. */
function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // The cursor in memory is enough while the page lives.
  }
}

function remembered(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/** One address listened to, whatever the number of places of the page that show its state. */
class Connection {
  constructor(address, element) {
    this.address = address;
    this.key = `hygie.live:${address}`;
    // What the page shows is as of its own cursor; without one, as of the last event heard here.
    this.cursor = Number(element.dataset.liveAfter || remembered(this.key) || 0);
    this.everyMs = Number(element.dataset.liveEveryS) * 1000;
    this.source = null;
    this.asked = null;
    this.timer = 0;
    this.failures = 0;
    this.pauses = 0;
    this.noStreamUntil = 0;
    this.isRefused = false;
    this.state = "connecting";
  }

  get elements() {
    return [...document.querySelectorAll("[data-live]")].filter(
      (one) => one.dataset.live === this.address,
    );
  }

  get isHeard() {
    return this.source !== null;
  }

  /** Begins, or begins again, from the cursor. */
  start() {
    this.stop();
    if (this.isRefused || this.elements.length === 0) return;
    if (document.hidden || Date.now() < this.noStreamUntil) this.read();
    else this.listen();
  }

  stop() {
    clearTimeout(this.timer);
    this.source?.close();
    this.asked?.abort();
    this.source = this.asked = null;
    this.timer = 0;
  }

  later(pause, act) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, pause);
  }

  /** Nothing open, nothing to come: nobody looked at its state for a while. */
  get isAsleep() {
    return this.source === null && this.asked === null && this.timer === 0;
  }

  url(extra = {}) {
    const url = new URL(this.address, location.href);
    url.searchParams.set("after", this.cursor);
    for (const [name, value] of Object.entries(extra)) url.searchParams.set(name, value);
    return url;
  }

  listen() {
    const source = new EventSource(this.url());
    this.source = source;
    const openedAt = Date.now();
    let patience = HELLO_MS;
    // Any word proves that the stream passes; a silence longer than a few beats, that it is gone.
    const alive = () => this.later(patience, () => this.cut(openedAt, patience === HELLO_MS));
    const on = (kind, act) =>
      source.addEventListener(kind, (event) => {
        if (this.source === source) act(JSON.parse(event.data));
      });
    alive();
    on("live.hello", (said) => {
      patience = said.beat_s * 2500;
      this.pauses = 0;
      alive();
      this.show("connected");
    });
    on("live.beat", () => {
      if (this.elements.length === 0) this.stop();
      else alive();
    });
    on("message", (told) => {
      alive();
      this.receive(told);
    });
    on("live.poll", (said) => {
      this.everyMs = said.every_s * 1000;
      this.noStreamUntil = Date.now() + said.again_s * 1000;
      this.start();
    });
    on("live.reset", () => this.reset());
    source.onerror = () => {
      // We come back at our own pace, and learn by reading whether we still may.
      if (this.source === source) this.cut(openedAt, false);
    };
  }

  cut(openedAt, isHeldBack) {
    this.failures = Date.now() - openedAt > GOOD_MS ? 1 : this.failures + 1;
    if (isHeldBack) this.noStreamUntil = Date.now() + HELD_BACK_MS;
    else if (this.failures >= TRIES) this.noStreamUntil = Date.now() + REST_MS;
    this.stop();
    if (!isHeldBack) this.show("lost");
    // Two hundred pages cut at once must not come back at once.
    this.later(isHeldBack ? 0 : FIRST_PAUSE_MS * (0.5 + Math.random()), () => this.read());
  }

  async read() {
    this.stop();
    const asked = new AbortController();
    this.asked = asked;
    this.timer = setTimeout(() => asked.abort(), ANSWER_MS);
    let said = null;
    try {
      const answer = await fetch(this.url({ poll: 1 }), {
        headers: { Accept: "application/json" },
        cache: "no-store",
        signal: asked.signal,
      });
      // A session that ended is answered by the sign-in page.
      if (answer.redirected || REFUSALS.includes(answer.status)) this.isRefused = true;
      else if (answer.ok) said = await answer.json();
    } catch {
      said = null;
    }
    if (this.asked !== asked) return;
    clearTimeout(this.timer);
    this.asked = null;
    if (this.isRefused) this.show("refused");
    else if (said) this.heard(said);
    else this.pause();
  }

  heard(said) {
    if (said.reset) {
      this.reset();
      return;
    }
    this.pauses = 0;
    said.events.forEach((told) => this.receive(told));
    if (said.more) this.read();
    else if (document.hidden) this.wait(Math.max(this.everyMs, HIDDEN_EVERY_MS));
    else if (Date.now() < this.noStreamUntil) this.wait(this.everyMs);
    else this.start();
  }

  wait(pause) {
    this.show("reading");
    this.later(pause, () => this.start());
  }

  pause() {
    this.show("lost");
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.pauses, LONGEST_PAUSE_MS);
    this.pauses += 1;
    this.later(pause * (0.75 + Math.random() / 2), () => this.read());
  }

  receive(told) {
    // Whatever brought it: each way gives all that follows the cursor, in order.
    if (told.id <= this.cursor) return;
    this.cursor = told.id;
    remember(this.key, String(told.id));
    document.body.dispatchEvent(new CustomEvent(`live:${told.kind}`, { detail: told }));
  }

  /** What is kept does not reach back to our cursor: only the page itself is whole. */
  reset() {
    this.stop();
    remember(this.key, "");
    const detail = { address: this.address };
    const event = new CustomEvent("live-reset", { cancelable: true, detail });
    if (!document.body.dispatchEvent(event)) return;
    const key = `${this.key}:reset-at`;
    if (Date.now() - Number(remembered(key)) < RESET_AGAIN_MS) {
      this.isRefused = true;
      this.show("refused");
      return;
    }
    remember(key, String(Date.now()));
    location.reload();
  }

  show(state) {
    const isNew = state !== this.state;
    this.state = state;
    for (const element of this.elements) {
      const words = element.dataset[`live${state[0].toUpperCase()}${state.slice(1)}`];
      const told = words.replace("{s}", Math.max(1, Math.round(this.everyMs / 1000)));
      const place = element.querySelector("[data-live-words]");
      element.dataset.liveState = state;
      if (place.textContent !== told) place.textContent = told;
    }
    if (isNew) document.body.dispatchEvent(new CustomEvent("live-state", { detail: { state } }));
  }
}

/** Listens to what the page names, and shows the present state where it arrived since. */
function lookAround() {
  for (const element of document.querySelectorAll("[data-live]")) {
    const address = element.dataset.live;
    const known = connections.get(address);
    if (known) {
      known.show(known.state);
      if (known.isAsleep) known.start();
    } else {
      connections.set(address, new Connection(address, element));
      connections.get(address).start();
    }
  }
}

function each(act) {
  connections.forEach(act);
}

// What is told while an element is being read may be newer than what it reads. htmx queues another
// reading behind the first, whose answer takes the element away, and the queue with it.
const outdated = new Set();

function isReading(element) {
  return element.id && element.classList.contains("htmx-request") && element.hasAttribute("hx-get");
}

document.addEventListener("htmx:trigger", (event) => {
  if (isReading(event.target)) outdated.add(event.target.id);
});

document.addEventListener("htmx:afterRequest", (event) => {
  // The element itself is gone, and the event is its parent's: what it aimed at was itself.
  const { target, requestConfig } = event.detail;
  if (requestConfig.verb !== "get" || document.contains(target)) return;
  const fresh = document.getElementById(target.id);
  if (!fresh || !outdated.delete(target.id)) return;
  const swap = fresh.getAttribute("hx-swap") ?? "innerHTML";
  const address = fresh.getAttribute("hx-get");
  // One that fails is told as any other is.
  globalThis.htmx.ajax("GET", address, { source: fresh, target: fresh, swap }).catch(() => {});
});

let hidden = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hidden);
  if (document.hidden) hidden = setTimeout(() => each((one) => one.start()), HIDDEN_AFTER_MS);
  else each((one) => one.isHeard || one.start());
});
addEventListener("online", () => each((one) => one.isHeard || one.start()));
addEventListener("pagehide", () => each((one) => one.stop()));
addEventListener("pageshow", (event) => event.persisted && each((one) => one.start()));
document.addEventListener("htmx:load", lookAround);
lookAround();
