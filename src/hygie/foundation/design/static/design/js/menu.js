// How is the menu walked by keyboard? Arrows move inside it, Home and End go to its ends.

globalThis.Hygie.onContent(".hy-menu", (menu) => {
  menu.addEventListener("keydown", (event) => {
    const links = [...menu.querySelectorAll("a")];
    const here = links.indexOf(document.activeElement);
    const goal = {
      ArrowDown: Math.min(here + 1, links.length - 1),
      ArrowUp: Math.max(here - 1, 0),
      Home: 0,
      End: links.length - 1,
    }[event.key];
    if (here < 0 || goal === undefined) return;
    event.preventDefault();
    links[goal].focus();
  });
});
