// Is this act meant? A button, link or form with data-confirm asks first, in a real dialog.

const dialog = document.getElementById("hy-confirm");

/** Asks; resolves to true only when the reader says yes. */
function ask(words, yes) {
  dialog.querySelector("#hy-confirm-text").textContent = words;
  const button = dialog.querySelector("[data-confirm-yes]");
  button.dataset.words ??= button.textContent;
  button.textContent = yes || button.dataset.words;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const asked = event.submitter?.dataset.confirm ? event.submitter : form;
  if (!asked.dataset?.confirm || form.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const submitter = event.submitter;
  if (!(await ask(asked.dataset.confirm, asked.dataset.confirmYes))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(submitter ?? undefined);
  delete form.dataset.confirmed;
}, true);

// htmx asks through the same dialog.
document.addEventListener("htmx:confirm", (event) => {
  const words = event.detail.question;
  if (!words) return;
  event.preventDefault();
  ask(words, event.detail.elt.dataset.confirmYes).then((meant) => meant && event.detail.issueRequest(true));
});
