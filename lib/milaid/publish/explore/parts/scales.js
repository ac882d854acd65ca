// Axes: round steps, and labels that do not lie on each other.

// Round values from zero (or below) to at least the greatest.
function ticks(low, high, about = 4) {
  if (high <= low) high = low + 1;
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) * power;
  const found = [];
  for (let value = Math.floor(low / step) * step; value < high + step * 0.999; value += step) found.push(Number(value.toPrecision(12)));
  return found;
}

// Moves labels apart that stand closer than a line; keeps their order.
function spread(labels, gap, top, bottom) {
  labels.sort((a, b) => a.y - b.y);
  for (let i = 1; i < labels.length; i++) labels[i].y = Math.max(labels[i].y, labels[i - 1].y + gap);
  const over = labels.length ? labels.at(-1).y - bottom : 0;
  if (over > 0) {
    labels.at(-1).y -= over;
    for (let i = labels.length - 2; i >= 0; i--) labels[i].y = Math.min(labels[i].y, labels[i + 1].y - gap);
  }
  for (const label of labels) label.y = Math.max(label.y, top);
  return labels;
}

// The lower bounds of at most five classes, as the maps of the reports have them: round values near to quantiles.
function classBounds(values, kind) {
  const known = values.filter((value) => value > 0).sort((a, b) => a - b);
  if (!known.length) return [];
  const bounds = [kind === 'rate' ? 0 : Math.min(1, known[0])];
  for (const share of [0.3, 0.6, 0.85, 0.95]) {
    const wanted = known[Math.min(known.length - 1, Math.floor(share * known.length))];
    const power = 10 ** Math.floor(Math.log10(wanted));
    const round = [1, 2.5, 5, 10].map((factor) => factor * power)
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
    if (round > bounds.at(-1) && round <= known.at(-1)) bounds.push(round);
  }
  return bounds;
}

const CLASS_ROLES = { 1: [4], 2: [2, 4], 3: [1, 3, 5], 4: [1, 2, 4, 5], 5: [1, 2, 3, 4, 5] };

// The role of the colour of a value among classes; 'none' for nothing above zero.
function roleOf(value, bounds) {
  if (!(value > 0)) return 'none';
  const place = bounds.reduce((last, bound, i) => (value >= bound ? i : last), 0);
  return `m${CLASS_ROLES[bounds.length][place]}`;
}

function cut(text, most) {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}
