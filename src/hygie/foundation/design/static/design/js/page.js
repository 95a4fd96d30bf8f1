// What do all pages need from scripts? A say when a request fails, and shared helpers for the rest.

const assets = document.getElementById("hygie-assets");
const sentences = document.querySelector("[data-sentences]");
const loading = new Map();

/** Loads a classic script once, by the address that the page gives under `name`. */
function script(name) {
  const address = assets.dataset[name];
  if (!loading.has(address)) {
    loading.set(
      address,
      new Promise((resolve, reject) => {
        const element = document.createElement("script");
        element.src = address;
        element.onload = () => resolve();
        element.onerror = () => reject(new Error(`not loaded: ${address}`));
        document.head.append(element);
      }),
    );
  }
  return loading.get(address);
}

/** Value of a token of the style sheet, in the theme worn now. */
function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--hy-${name}`).trim();
}

/** Calls `start(element)` once for each match: now, and in each fragment that arrives later. */
function onContent(selector, start) {
  // htmx announces the whole page once it is ready: what was started already must not start again.
  const started = new WeakSet();
  const begin = (element) => {
    if (started.has(element)) return;
    started.add(element);
    start(element);
  };
  const within = (root) => {
    if (root.matches?.(selector)) begin(root);
    root.querySelectorAll?.(selector).forEach(begin);
  };
  within(document);
  document.addEventListener("htmx:load", (event) => within(event.detail.elt));
}

/** A sentence of the page, in the reader's language. */
function sentence(name) {
  return sentences?.dataset[name] ?? "";
}

/** Says something in the live region, where screen readers hear it. */
function say(words, level = "error") {
  const region = document.getElementById("messages");
  if (!region || !words) return;
  const box = document.createElement("div");
  box.className = `hy-message hy-message--${level}`;
  box.textContent = words;
  region.replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
}

const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
globalThis.Hygie = { script, token, onContent, sentence, say, isCalm };

document.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr;
  const page = new DOMParser().parseFromString(answer.responseText, "text/html");
  const reason = page.querySelector("[data-refusal]")?.textContent.trim();
  say(reason || sentence(answer.status === 401 ? "expired" : "refused"));
});
document.addEventListener("htmx:sendError", () => say(sentence("lost")));

// A session that ended answers a fragment with the sign-in page: go there instead of nesting it.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answered = event.detail.xhr.responseURL;
  if (answered && new URL(answered).pathname.startsWith("/compte/")) {
    event.detail.shouldSwap = false;
    location.assign(location.href);
  }
});

// What a page kept on this device for one person is gone where nobody is signed in.
if (document.body.classList.contains("hy-signin") && globalThis.caches) {
  caches.keys().then((names) => {
    for (const name of names) if (name.startsWith("hygie.private:")) caches.delete(name);
  });
}
