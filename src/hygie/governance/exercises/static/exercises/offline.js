// What does this device keep of an observer's sheet, and when does it forget it?

const { plyOffline, plySheet } = document.body.dataset;
const PRIVATE = "hygie.private:";
const WORKER = "/hors-ligne.js";

async function forget() {
  for (const name of await caches.keys()) if (name.startsWith(PRIVATE)) await caches.delete(name);
  for (const one of await navigator.serviceWorker.getRegistrations()) {
    if (one.active?.scriptURL.endsWith(WORKER)) await one.unregister();
  }
}

/** Addresses of what draws the page: ours, with what the style sheets brought. */
function drawings() {
  const brought = performance.getEntriesByType("resource");
  const wanted = brought.filter((one) => ["link", "script", "css", "img"].includes(one.initiatorType));
  const ours = wanted.map((one) => one.name).filter((url) => new URL(url).origin === location.origin);
  return [...new Set(ours)];
}

let keeping = 0;

/** The page as it is now, soon: several things that come together are one reading. */
function keepSheet() {
  clearTimeout(keeping);
  keeping = setTimeout(async () => {
    try {
      const answer = await fetch(location.pathname, { redirect: "manual", cache: "no-store" });
      if (answer.ok) await (await caches.open(PRIVATE + location.pathname)).put(location.pathname, answer);
      document.body.dataset.plySheet = "kept";
    } catch {
      // No network: what was kept stands.
    }
  }, 500);
}

async function begin() {
  await navigator.serviceWorker.register(plyOffline);
  const cache = await caches.open(PRIVATE + location.pathname);
  await Promise.allSettled(drawings().map((url) => cache.add(url)));
  keepSheet();
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "sheet") keepSheet();
  });
}

// Without a secure address a browser gives neither.
if (globalThis.caches && navigator.serviceWorker) {
  if (!plyOffline) forget();
  else if (plySheet) begin();
}
