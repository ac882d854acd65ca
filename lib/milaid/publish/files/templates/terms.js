// Style sheets show what a term means. Here it gets its place beside the term, so that a pointer can move to it, and
// Escape takes it away until a term is pointed at or reached again.
(() => {
  const root = document.documentElement;
  function reached(event) {
    const term = event.target.closest?.(".term");
    if (!term) return;
    root.classList.remove("hushed");
    const told = document.getElementById(term.getAttribute("aria-describedby"));
    told.classList.add("placed");
    const box = term.getClientRects()[0], width = told.offsetWidth, above = box.top - told.offsetHeight;
    const left = Math.max(8, Math.min(box.left, root.clientWidth - width - 8));
    const top = above > 0 && box.bottom + box.top - above > innerHeight ? above : box.bottom;
    told.style.left = `${left + scrollX}px`;
    told.style.top = `${top + scrollY}px`;
  }
  addEventListener("pointerover", reached);
  addEventListener("focusin", reached);
  addEventListener("keydown", (event) => { if (event.key === "Escape") root.classList.add("hushed"); });
})();
