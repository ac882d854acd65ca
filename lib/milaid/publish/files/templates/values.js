// Values of charts on hover, focus and tap. Marks of a drawing hold what they say in data-value; tables and
// files have the same values for readers without scripts.
(() => {
  const plots = document.querySelectorAll("figure.exhibit svg.plot");
  const near = 28, yearly = /(^|, )FY\d{4}:/;
  let tip = null, told = null;

  function show(mark) {
    hide();
    told = mark;
    const figure = mark.closest("figure");
    if (!tip) {
      tip = document.createElement("div");
      tip.className = "value-tip";
      tip.setAttribute("role", "status");
    }
    if (tip.parentNode !== figure) figure.append(tip);
    tip.textContent = mark.dataset.value;
    tip.hidden = false;
    mark.classList.add("told");
    const box = mark.getBoundingClientRect(), frame = figure.getBoundingClientRect();
    const middle = box.left + box.width / 2 - frame.left - tip.offsetWidth / 2;
    const left = Math.max(0, Math.min(middle, frame.width - tip.offsetWidth));
    const above = box.top - frame.top - tip.offsetHeight - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 0 ? above : box.bottom - frame.top + 8}px`;
  }

  function hide() {
    if (told) told.classList.remove("told");
    if (tip) tip.hidden = true;
    told = null;
  }

  // Over years the year that is pointed at counts, in rows the row; on maps and among dots only what is near.
  function nearest(event, marks) {
    const hit = event.target.closest("[data-value]");
    if (hit) return hit;
    const x = event.clientX, y = event.clientY;
    const boxes = marks.map((mark) => mark.getBoundingClientRect());
    const lefts = boxes.map((box) => box.left);
    const rows = Math.max(...lefts) - Math.min(...lefts) < 3;
    const years = !rows && marks.every((mark) => yearly.test(mark.dataset.value));
    const away = boxes.map((box) => {
      const across = Math.max(box.left - x, 0, x - box.right), along = Math.max(box.top - y, 0, y - box.bottom);
      return years ? across + along / 5 : rows ? along + across / 5 : Math.hypot(across, along);
    });
    const least = Math.min(...away);
    return years || rows || least <= near ? marks[away.indexOf(least)] : null;
  }

  // Arrow keys go from left to right, and from the top down where marks begin at one place.
  function inOrder(marks) {
    const placed = marks.map((mark) => [mark, mark.getBoundingClientRect()]);
    const sorted = placed.sort(([, a], [, b]) =>
      Math.abs(a.left - b.left) > 2 ? a.left - b.left : a.top - b.top);
    return sorted.map(([mark]) => mark);
  }

  function step(event, marks) {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    if (event.key === "Escape") return hide();
    const move = steps[event.key] || { Home: -Infinity, End: Infinity }[event.key];
    if (!move) return;
    event.preventDefault();
    const order = inOrder(marks), at = order.indexOf(told);
    const next = at < 0 && isFinite(move) ? 0 : Math.max(0, Math.min(order.length - 1, at + move));
    show(order[next]);
  }

  for (const plot of plots) {
    const marks = [...plot.querySelectorAll("[data-value]")];
    if (!marks.length) continue;
    plot.setAttribute("tabindex", "0");
    const point = (event) => {
      const mark = nearest(event, marks);
      if (mark) { if (mark !== told) show(mark); } else hide();
    };
    plot.addEventListener("pointermove", point);
    plot.addEventListener("click", point);
    plot.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") hide(); });
    plot.addEventListener("focus", () => { if (plot.matches(":focus-visible") && !told) show(inOrder(marks)[0]); });
    plot.addEventListener("blur", hide);
    plot.addEventListener("keydown", (event) => step(event, marks));
  }
})();
