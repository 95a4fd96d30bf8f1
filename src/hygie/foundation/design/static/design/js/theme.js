// Which theme is worn? Decided before the first paint, remembered on this device only.
(() => {
  const root = document.documentElement;
  const device = matchMedia("(prefers-color-scheme: dark)");
  const key = "hygie-theme";
  let unsaved = null;
  const chosen = () => {
    if (unsaved) return unsaved;
    try {
      return localStorage.getItem(key) || "auto";
    } catch {
      return "auto"; // storage refused: follow the device
    }
  };
  const put = (theme) => {
    if (root.getAttribute("data-bs-theme") === theme) return;
    root.setAttribute("data-bs-theme", theme);
    document.dispatchEvent(new CustomEvent("hygie:theme", { detail: theme }));
  };
  const wear = () => {
    const choice = chosen();
    put(choice === "auto" ? (device.matches ? "dark" : "light") : choice);
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    }
  };
  wear();
  device.addEventListener("change", wear);
  addEventListener("storage", (event) => event.key === key && wear());
  addEventListener("beforeprint", () => put("light")); // paper is white
  addEventListener("afterprint", wear);
  document.addEventListener("DOMContentLoaded", wear);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-choice]");
    if (!button) return;
    try {
      localStorage.setItem(key, button.dataset.themeChoice);
    } catch {
      unsaved = button.dataset.themeChoice;
    }
    wear();
  });
})();
