// Style sheets show what a term means. Here: Escape takes it away until a term is pointed at or reached again, and the
// term that was pointed at last is kept, so that a pointer can move from it to its meaning.
(() => {
  const root = document.documentElement;
  let last = null;
  function reached(event) {
    const term = event.target.closest && event.target.closest(".term");
    if (!term) return;
    root.classList.remove("hushed");
    if (last) last.classList.remove("last");
    last = term;
    last.classList.add("last");
  }
  addEventListener("pointerover", reached);
  addEventListener("focusin", reached);
  addEventListener("keydown", (event) => { if (event.key === "Escape") root.classList.add("hushed"); });
})();
