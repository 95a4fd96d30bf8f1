// How does one move on the map? Drag, zoom, follow a link without losing one's place.

const { onContent } = globalThis.Hygie;
const LEAST = 0.25, MOST = 2.5, LEGIBLE = 0.8;
let kept = null; // zoom chosen by hand, carried from one drawing to the next
let isOurs = false;
let asking = null; // the last question asked is the one answered

onContent("[data-explorer]", (frame) => {
  const drawing = frame.querySelector("svg");
  if (!drawing) return;
  const width = Number(drawing.dataset.width), height = Number(drawing.dataset.height);
  let scale = 1;

  const zoom = (wanted, at) => {
    const before = scale;
    scale = Math.min(MOST, Math.max(LEAST, wanted));
    const box = frame.getBoundingClientRect();
    const x = at ? at.x - box.left : frame.clientWidth / 2, y = at ? at.y - box.top : frame.clientHeight / 2;
    const left = (frame.scrollLeft + x) * (scale / before) - x, top = (frame.scrollTop + y) * (scale / before) - y;
    drawing.setAttribute("width", Math.round(width * scale));
    drawing.setAttribute("height", Math.round(height * scale));
    frame.scrollTo(left, top);
  };
  const fit = () => zoom(Math.min(1, frame.clientWidth / width, frame.clientHeight / height));

  // At first the width decides, as long as names can be read.
  zoom(kept ?? Math.min(1, Math.max(LEGIBLE, frame.clientWidth / width)));
  const first = drawing.querySelector(".is-card") ?? drawing.querySelector(".is-focus");
  if (first) {
    const box = first.getBoundingClientRect(), room = frame.getBoundingClientRect();
    frame.scrollBy(box.left - room.left - (room.width - box.width) / 2, box.top - room.top - (room.height - box.height) / 2);
  }
  if (frame.dataset.scroll) scrollTo(0, frame.dataset.scroll);
  frame.dataset.drawn = "yes";

  const page = frame.closest("[data-map]") ?? document;
  for (const button of page.querySelectorAll("[data-zoom]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "fit") fit();
      else zoom(scale * (button.dataset.zoom === "in" ? 1.3 : 1 / 1.3));
      kept = scale;
    });
  }
  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(scale * Math.exp(-event.deltaY / 300), { x: event.clientX, y: event.clientY });
    kept = scale;
  }, { passive: false });
  drag(frame);
  lightUp(drawing);
});

/** Moves the drawing under the pointer; a short move stays a click. */
function drag(frame) {
  let from = null;
  frame.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType === "touch") return;
    from = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
  });
  frame.addEventListener("pointermove", (event) => {
    if (!from) return;
    const x = event.clientX - from.x, y = event.clientY - from.y;
    if (!frame.classList.contains("is-held") && Math.hypot(x, y) < 5) return;
    frame.classList.add("is-held");
    frame.scrollTo(from.left - x, from.top - y);
  });
  for (const name of ["pointerup", "pointerleave"]) {
    frame.addEventListener(name, () => {
      from = null;
      setTimeout(() => frame.classList.remove("is-held"));
    });
  }
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("click", (event) => {
    if (frame.classList.contains("is-held")) event.preventDefault();
  }, true);
}

/** Shows which lines touch the box under the pointer or the focus. */
function lightUp(drawing) {
  const ties = [...drawing.querySelectorAll(".est-tie")];
  const show = (event) => {
    const key = event.target.closest?.(".est-mark, .est-link")?.closest("[data-key]")?.dataset.key
      ?? event.target.querySelector?.("[data-key]")?.dataset.key;
    drawing.classList.toggle("is-chosen", Boolean(key));
    for (const tie of ties) tie.classList.toggle("is-near", Boolean(key) && tie.dataset.ends.split(" ").includes(key));
  };
  drawing.addEventListener("pointerover", show);
  drawing.addEventListener("focusin", show);
  drawing.addEventListener("pointerleave", show);
}

// Links and forms of the explorer change the drawing alone; without a script they load the page.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-map] a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const address = new URL(link.href.baseVal ?? link.href, location.href);
  if (address.pathname !== location.pathname) return;
  event.preventDefault();
  show(address, link.dataset.key);
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-map] form[method=get]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const address = new URL(location.href);
  address.search = new URLSearchParams(new FormData(form)).toString();
  show(address);
});
document.addEventListener("change", (event) => {
  event.target.closest("[data-map] form[data-asked]")?.requestSubmit();
});

/** Fetches a state of the explorer and puts it in place of the present one. */
async function show(address, key) {
  const map = document.querySelector("[data-map]");
  map.setAttribute("aria-busy", "true");
  asking?.abort();
  const { signal } = (asking = new AbortController());
  let page;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    if (!signal.aborted) location.assign(address);
    return;
  }
  if (signal.aborted) return;
  const open = [...map.querySelectorAll("details[open][id]")].map((one) => one.id);
  isOurs = true;
  history.pushState(null, "", address);
  const fresh = document.adoptNode(page.querySelector("[data-map]"));
  const said = page.querySelector(".hy-answer");
  if (said) document.querySelector(".hy-answer")?.replaceChildren(...said.childNodes);
  const frame = fresh.querySelector("[data-explorer]");
  if (frame) frame.dataset.scroll = scrollY;
  map.replaceWith(fresh);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  globalThis.htmx.process(fresh);
  globalThis.htmx.trigger(fresh, "htmx:load", { elt: fresh });
  (fresh.querySelector(".est-card h2") ?? fresh.querySelector(`[data-key="${key}"]`))?.focus({ preventScroll: true });
}

addEventListener("popstate", () => isOurs && location.reload());
