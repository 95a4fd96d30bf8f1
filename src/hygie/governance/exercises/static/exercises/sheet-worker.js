// How does an observer's sheet open again without network? As it was last read, by the same reader.
//
// It looks after that one page and what draws it, nothing else. Once the server says that the page is
// no longer this reader's (signed out, link taken back, exercise closed), what was kept is gone.

const KEPT = `hygie.private:${new URL("./", self.location).pathname}`;
const SHEET = new URL("./", self.location).pathname;
const DRAWS = ["style", "script", "font", "image"];
const REFUSED = [401, 403, 404, 410];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** The page from the server; from what was kept when the server does not answer. */
async function sheet(request) {
  let answer = null;
  try {
    answer = await fetch(request);
  } catch {
    answer = null;
  }
  if (answer === null || answer.status >= 500) {
    return (await caches.match(SHEET, { cacheName: KEPT })) ?? answer ?? Response.error();
  }
  if (answer.type === "opaqueredirect" || REFUSED.includes(answer.status)) await caches.delete(KEPT);
  return answer;
}

async function drawing(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { cacheName: KEPT })) ?? Response.error();
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (url.pathname === SHEET) event.respondWith(sheet(request));
  } else if (DRAWS.includes(request.destination)) event.respondWith(drawing(request));
});
