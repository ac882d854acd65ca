// Charts as SVG: lines over fiscal years, bars, heat maps. What is drawn is also in the table below it.

const LINE_COLOURS = ['accent', 'other', 'africa', 'near-east', 'east-asia-and-pacific', 'europe-and-eurasia'];
const MOST_LINES = 6;
const MOST_BARS = 20;
const MOST_HEAT = 40;
const FONT = "'Public Sans', system-ui, sans-serif";

// A drawing, which readers of screens pass by: the figure says what it shows, and the table below has each value and its link.
function sheet(width, height, ...children) {
  return svg('svg', { class: 'plot', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true', 'font-family': FONT, 'font-size': 13 }, ...children);
}

function words(x, y, text, attributes = {}) {
  return svg('text', { x, y, fill: 'var(--ink2)', ...attributes }, text);
}

// Something drawn that leads to its rows.
function leads(address, title, ...children) {
  return svg('a', { href: address, tabindex: -1 }, svg('title', {}, title), ...children);
}

// {years, series: [{name, values, addresses, role}], marks, kind, width}
function lineChart({ years, series, marks, kind, width }) {
  const narrow = width < 560;
  const named = series.length > 1;
  const right = named ? (narrow ? 112 : 170) : 24;
  const left = 58; const top = marks.breaks.length ? 34 : 16; const height = (narrow ? 260 : 330) + top; const bottom = height - 28;
  const all = series.flatMap((one) => one.values.filter((value) => value !== null));
  const steps = ticks(Math.min(0, ...all), Math.max(0, ...all));
  const [low, high] = [steps[0], steps.at(-1)];
  const [first, last] = [years[0], years.at(-1)];
  const x = (year) => left + (last === first ? 0.5 : (year - first) / (last - first)) * (width - left - right);
  const y = (value) => bottom - (value - low) / (high - low) * (bottom - top);
  const parts = steps.map((step) => [
    svg('line', { x1: left, x2: width - right, y1: y(step), y2: y(step), stroke: `var(--${step === 0 ? 'mute' : 'grid'})` }),
    words(left - 8, y(step) + 4, short(step, kind), { 'text-anchor': 'end' })]);
  const every = Math.ceil((last - first + 1) / Math.max(2, Math.floor((width - left - right) / 46)));
  for (let year = last; year >= first; year -= every) parts.push(words(x(year), height - 8, String(year), { 'text-anchor': 'middle' }));
  for (const mark of marks.breaks) {
    const at = (x(mark.year) + x(mark.year - 1)) / 2;
    parts.push(svg('line', { x1: at, x2: at, y1: top - 8, y2: bottom, stroke: 'var(--mute)', 'stroke-dasharray': '3 3' }),
      words(Math.min(at + 5, width - 120), top - 14, cut(`Break: ${mark.label}`, narrow ? 34 : 60), { 'font-size': 12, 'text-anchor': at > width * 0.6 ? 'end' : 'start' }));
  }
  const labels = [];
  series.forEach((one, i) => {
    const colour = `var(--${one.role ?? LINE_COLOURS[i % LINE_COLOURS.length]})`;
    parts.push(svg('path', { d: linePath(years, one.values, x, y), fill: 'none', stroke: colour, 'stroke-width': 2.2, 'stroke-linejoin': 'round' }));
    one.values.forEach((value, at) => {
      if (value === null) return;
      const title = `${named ? `${one.name}, ` : ''}FY${years[at]}: ${shown(value, kind)}`;
      parts.push(leads(one.addresses[at], title, svg('circle', { cx: x(years[at]), cy: y(value), r: 9, fill: 'transparent' }),
        svg('circle', { cx: x(years[at]), cy: y(value), r: 3.2, fill: colour, stroke: 'var(--paper)', 'stroke-width': 1 })));
    });
    const end = one.values.findLastIndex((value) => value !== null);
    if (end >= 0 && named) labels.push({ x: x(years[end]) + 8, y: y(one.values[end]) + 4, text: one.name, colour });
  });
  for (const one of spread(labels, 16, top, bottom + 4)) parts.push(words(width - right + 10, one.y, cut(one.text, narrow ? 13 : 24), { fill: one.colour, 'font-weight': 600 }));
  return sheet(width, height, ...parts);
}

// A line that is broken where a year has no value.
function linePath(years, values, x, y) {
  let path = ''; let pen = 'M'; let before = null;
  values.forEach((value, i) => {
    if (value === null || (before !== null && years[i] - before > 1)) pen = 'M';
    if (value === null) return;
    path += `${pen}${x(years[i]).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = 'L'; before = years[i];
  });
  return path;
}

// {items: [{name, value, address}], kind, width}
function barChart({ items, kind, width }) {
  const narrow = width < 560;
  const shownItems = items.slice(0, MOST_BARS);
  const left = narrow ? 118 : 220; const right = 70; const line = 25; const height = shownItems.length * line + 8;
  const values = shownItems.map((item) => item.value ?? 0);
  const [low, high] = [Math.min(0, ...values), Math.max(1e-9, ...values)];
  const x = (value) => left + (value - low) / (high - low) * (width - left - right);
  return sheet(width, height, ...shownItems.map((item, i) => {
    const y = i * line + 4; const value = item.value ?? 0;
    const [from, to] = [x(Math.min(0, value)), x(Math.max(0, value))];
    return leads(item.address, `${item.name}: ${shown(item.value, kind)}`,
      words(left - 10, y + 14, cut(item.name, narrow ? 17 : 33), { 'text-anchor': 'end', fill: 'var(--ink)' }),
      svg('rect', { x: from, y: y + 1, width: Math.max(to - from, 0.6), height: 17, fill: `var(--${value < 0 ? 'other' : 'accent'})` }),
      words(to + 6, y + 14, short(item.value, kind)));
  }), svg('line', { x1: x(0), x2: x(0), y1: 0, y2: height, stroke: 'var(--mute)' }));
}

// {rows, columns, value(row, column), address(row, column), kind, width}
function heatMap({ rows, columns, value, address, kind, width }) {
  const down = rows.slice(0, MOST_HEAT);
  const left = width < 560 ? 104 : 190; const line = 24;
  const turned = columns.some((name) => String(name).length * 7.4 > (width - left) / columns.length);
  const longest = Math.min(13, Math.max(...columns.map((name) => String(name).length)));
  const top = turned ? longest * 7 + 14 : 26;
  const broad = Math.max((width - left) / columns.length, 9);
  const whole = Math.max(left + broad * columns.length, width);
  const bounds = classBounds(down.flatMap((_, row) => columns.map((_, column) => value(row, column)).filter((one) => one !== null)), kind);
  const fits = broad >= 44;
  const parts = columns.map((name, i) => (turned
    ? words(0, 0, cut(String(name), 13), { transform: `translate(${left + broad * (i + 0.5) + 4} ${top - 6}) rotate(-90)`, 'font-size': Math.min(12, broad + 2) })
    : words(left + broad * (i + 0.5), top - 8, String(name), { 'text-anchor': 'middle', 'font-size': 12 })));
  down.forEach((name, row) => {
    parts.push(words(left - 10, top + row * line + 16, cut(name, left < 120 ? 15 : 29), { 'text-anchor': 'end', fill: 'var(--ink)' }));
    columns.forEach((head, column) => {
      const one = value(row, column);
      if (one === null) return;
      const role = roleOf(one, bounds);
      const dark = ['m3', 'm4', 'm5'].includes(role);
      parts.push(leads(address(row, column), `${name}, ${head}: ${shown(one, kind)}`,
        svg('rect', { x: left + broad * column, y: top + row * line, width: broad - 1, height: line - 1, fill: `var(--${role})`, stroke: role === 'none' || role === 'm1' ? 'var(--mute)' : 'none', 'stroke-width': 0.4 }),
        fits && words(left + broad * (column + 0.5), top + row * line + 16, short(one, kind), { 'text-anchor': 'middle', 'font-size': 11, fill: `var(--${dark ? 'paper' : 'ink'})` })));
    });
  });
  const height = top + down.length * line + 34;
  parts.push(legend(bounds, kind, left, height - 22, width - left));
  return sheet(whole, height, ...parts);
}

function legend(bounds, kind, x, y, room) {
  const broad = Math.min(96, room / Math.max(bounds.length, 1));
  return svg('g', {}, ...bounds.map((bound, i) => [
    svg('rect', { x: x + i * broad, y, width: 13, height: 13, fill: `var(--m${CLASS_ROLES[bounds.length][i]})`, stroke: 'var(--mute)', 'stroke-width': 0.4 }),
    words(x + i * broad + 18, y + 11, i ? `${short(bound, kind)}+` : 'less', { 'font-size': 12 })]));
}
