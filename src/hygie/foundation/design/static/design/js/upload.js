// How does a file leave? Dropped or chosen, with its progress; without script the form works alone.

const { onContent, say, sentence } = globalThis.Hygie;
let isShown = false;

onContent("form[data-upload]", (form) => {
  const input = form.querySelector("input[type=file]");
  if (!input) return;
  const zone = input.closest(".hy-drop, .hy-field") ?? form;
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    zone.addEventListener(name, () => zone.classList.remove("is-over"));
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    send(form, zone, event.submitter);
  });
});

/** Sends the form by XMLHttpRequest, the one way that tells how far an upload is. */
function send(form, zone, submitter) {
  const bar = document.createElement("progress");
  bar.className = "hy-progress";
  bar.max = 1;
  bar.setAttribute("aria-label", form.dataset.upload || "");
  zone.append(bar);
  if (submitter) submitter.disabled = true;
  const request = new XMLHttpRequest();
  request.open("POST", form.action || location.href);
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  };
  const give = (words) => {
    bar.remove();
    if (submitter) submitter.disabled = false;
    say(words);
  };
  request.onerror = () => give(sentence("lost"));
  request.onload = () => {
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const reason = page.querySelector("[data-refusal]")?.textContent.trim();
    // 422: the form came back with its mistakes, to be shown like any page.
    const isRefused = request.status >= 400 && request.status !== 422;
    if (reason || isRefused || !page.getElementById("content")) {
      give(reason || sentence("refused"));
      return;
    }
    show(page, request.responseURL);
  };
  request.send(new FormData(form, submitter));
}

/** Shows the page that answered. Asking for it again would lose the messages it has just told. */
function show(page, address) {
  isShown = true;
  if (address && address !== location.href) history.pushState(null, "", address);
  document.title = page.title;
  document.querySelector(".hy-shell").replaceWith(document.adoptNode(page.querySelector(".hy-shell")));
  const shell = document.querySelector(".hy-shell");
  globalThis.htmx.process(shell);
  globalThis.htmx.trigger(shell, "htmx:load", { elt: shell });
  for (const { src, type } of page.querySelectorAll("script[src]")) {
    if ([...document.scripts].some((known) => known.src === src)) continue;
    document.body.append(Object.assign(document.createElement("script"), { src, type }));
  }
  const mistake = shell.querySelector(".hy-field--refused :is(input, select, textarea)");
  (mistake ?? document.getElementById("content")).focus();
  scrollTo(0, 0);
}

// Back after such an answer: the address changed without a load, so load what it names.
addEventListener("popstate", () => isShown && location.reload());
