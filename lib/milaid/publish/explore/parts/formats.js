// Numbers as readers see them.

function grouping(value) {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',').replace('-', '−');
}

// A number whole, for tables: people and dollars without decimals, rates with as many as they need.
function shown(value, kind) {
  if (value === null || value === undefined) return '–';
  if (kind === 'rate') return decimals(value);
  return grouping(Math.round(value));
}

function decimals(value) {
  const size = Math.abs(value);
  const places = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 4;
  const [whole, rest] = value.toFixed(places).split('.');
  return grouping(whole) + (rest ? `.${rest}` : '');
}

// A number short, for charts and sums: $39.4bn, 14,200, 1.2m.
function short(value, kind) {
  if (value === null || value === undefined) return '–';
  if (kind === 'rate') return decimals(value);
  const sign = value < 0 ? '−' : '';
  const unit = kind === 'dollars' ? '$' : '';
  const size = Math.abs(value);
  const [factor, name] = size >= 1e9 ? [1e9, 'bn'] : size >= 1e6 ? [1e6, 'm'] : [1, ''];
  if (!name) return sign + unit + grouping(Math.round(size));
  const places = size / factor >= 100 ? 0 : 1;
  return `${sign}${unit}${(size / factor).toFixed(places).replace(/\.0$/, '')}${name}`;
}

function counted(count, one, several = `${one}s`) {
  return `${grouping(count)} ${count === 1 ? one : several}`;
}
