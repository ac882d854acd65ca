// Sums of rows: totals, and tables by one or two dimensions, by the counting rule of the reports.

const DIMENSIONS = {
  fiscal_year: 'Fiscal year', country: 'Country', region: 'Region', program: 'Program', department: 'Department',
  institution: 'Institution', course: 'Course',
};
const FORMS = { lines: 'Lines', bars: 'Bars', heat: 'Heat map', map: 'Map', table: 'Table' };
const TRAINING = {
  participants: { label: 'Participants', kind: 'people' },
  activities: { label: 'Activities', kind: 'count' },
  cost_usd: { label: 'Cost, current US dollars', kind: 'dollars' },
  cost_usd_constant: { label: 'Cost, constant US dollars', kind: 'dollars' },
  participants_per_million: { label: 'Participants per million people', kind: 'rate' },
};
const MOST_DENSE = 400000;

// For each place of the list of a group the number of its value, and the values: names and codes.
function dimension(record, name, tableName = 'trainings') {
  const table = record.tables[tableName];
  const columns = { country: 'recipient', region: 'region_harmonised', program: 'program', institution: 'institution', course: 'course_title' };
  if (name === 'fiscal_year' && tableName !== 'trainings') {
    const { values, least } = table.numbers.fiscal_year;
    const most = values.reduce((highest, value) => Math.max(highest, value), 0);
    const keys = Array.from({ length: most }, (_, i) => i + least);
    return { codes: values, at: Int32Array.from({ length: most + 1 }, (_, i) => i - 1), keys };
  }
  const column = name === 'department' ? 'program' : name === 'fiscal_year' ? 'fiscal_year' : columns[name];
  const group = table.groups[table.groupOf[column]];
  const list = name === 'department' ? record.departmentOf : group.lists[column];
  const places = new Map();
  const at = Int32Array.from(list, (value) => {
    if (!places.has(value)) places.set(value, places.size);
    return places.get(value);
  });
  return { codes: group.codes, at, keys: [...places.keys()] };
}

const EVERY = { codes: null, keys: [''] };

// Returns {rows, columns, cell(row, column)} of sums by one dimension or two; a cell without an activity is null.
function pivot(record, rows, rowName, columnName = '', tableName = 'trainings', amount = '') {
  const down = dimension(record, rowName, tableName);
  const across = columnName ? dimension(record, columnName, tableName) : EVERY;
  const wide = across.keys.length;
  const slots = down.keys.length * wide <= MOST_DENSE ? new Int32Array(down.keys.length * wide).fill(-1) : new Map();
  const dense = slots instanceof Int32Array;
  const cells = [];
  const add = adder(record, tableName, amount);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const key = down.at[down.codes[row]] * wide + (across.codes ? across.at[across.codes[row]] : 0);
    let slot = dense ? slots[key] : slots.get(key) ?? -1;
    if (slot < 0) {
      slot = cells.push({ activities: 0, participants: 0, cost_usd: null, cost_usd_constant: null, priced: 0, amount: null }) - 1;
      if (dense) slots[key] = slot; else slots.set(key, slot);
    }
    add(cells[slot], row);
  }
  const at = (row, column) => cells[dense ? slots[row * wide + column] : slots.get(row * wide + column) ?? -1] ?? null;
  const used = (keys, has) => keys.map((_, i) => i).filter(has);
  const rowsUsed = new Set(); const columnsUsed = new Set();
  const mark = (key) => { rowsUsed.add(Math.floor(key / wide)); columnsUsed.add(key % wide); };
  if (dense) slots.forEach((slot, key) => { if (slot >= 0) mark(key); }); else for (const key of slots.keys()) mark(key);
  const downUsed = used(down.keys, (i) => rowsUsed.has(i));
  const acrossUsed = used(across.keys, (i) => columnsUsed.has(i));
  const order = (keys) => (a, b) => compared(keys[a], keys[b]);
  downUsed.sort(order(down.keys)); acrossUsed.sort(order(across.keys));
  return {
    rows: downUsed.map((i) => down.keys[i]), columns: acrossUsed.map((i) => across.keys[i]),
    cell: (row, column) => at(downUsed[row], acrossUsed[column]),
  };
}

function compared(a, b) {
  if (a === null || b === null) return (a === null) - (b === null);
  return typeof a === 'number' ? a - b : a < b ? -1 : a > b ? 1 : 0;
}

// What adds a row to a cell. A cost is missing, not zero, where none is printed.
function adder(record, tableName, amount) {
  const table = record.tables[tableName];
  if (tableName !== 'trainings') {
    const { values, least } = table.numbers[amount];
    return (cell, row) => {
      cell.activities += 1;
      if (values[row]) cell.amount = (cell.amount ?? 0) + values[row] - 1 + least;
    };
  }
  const { quantity, cost_usd } = table.numbers;
  const source = table.groups.source.codes;
  const ratio = record.priceRatioAt;
  return (cell, row) => {
    const people = quantity.values[row] ? quantity.values[row] - 1 + quantity.least : 0;
    cell.activities += 1;
    cell.participants += people;
    if (cost_usd.values[row]) {
      const cost = cost_usd.values[row] - 1 + cost_usd.least;
      cell.cost_usd = (cell.cost_usd ?? 0) + cost;
      cell.cost_usd_constant = (cell.cost_usd_constant ?? 0) + cost * ratio[source[row]];
      if (cost > 0) cell.priced += people;
    }
  };
}

// The sums of rows as one cell.
function sums(record, rows, tableName = 'trainings', amount = '') {
  const cell = { activities: 0, participants: 0, cost_usd: null, cost_usd_constant: null, priced: 0, amount: null };
  const add = adder(record, tableName, amount);
  for (const row of rows) add(cell, row);
  return cell;
}

// People of a country in the calendar year of a fiscal year; null where none are published.
function people(record, recipient, year) {
  const known = record.named.recipient.get(recipient);
  if (!known || known.kind === 'former state') return null;
  return record.population[known.iso3]?.[year] ?? null;
}
