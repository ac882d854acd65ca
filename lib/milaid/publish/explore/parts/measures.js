// Measures: what can be counted, of which table it is, and the numbers of a selection by rows and columns.

const BESIDE_DIMENSIONS = ['fiscal_year', 'country', 'region'];

// Every measure by its key; those of aid are made of the categories and account codes that are in the record.
function measuresOf(record) {
  const found = {};
  for (const [key, measure] of Object.entries(TRAINING)) found[key] = { ...measure, table: 'trainings', group: 'Training', rule: 'note' };
  const constant = `constant US dollars of FY${record.constant_year}`;
  found.cost_usd_constant.label = `Cost, ${constant}`;
  const aid = (key, label, where, group) => {
    found[key] = { label: `${label}, current US dollars`, table: 'aid', amount: 'obligations_usd', kind: 'dollars', where, group, rule: 'aid' };
    found[`${key}_constant`] = { label: `${label}, ${constant}`, table: 'aid', amount: 'obligations_usd_constant', kind: 'dollars', where, group, rule: 'aid' };
  };
  const all = { category: 'category', account: 'account_code' };
  aid('all_aid', 'Economic and military aid', null, 'Aid');
  for (const category of ['Military', 'Economic']) aid(`${category.toLowerCase()}_aid`, `${category} aid`, { column: all.category, value: category }, 'Aid');
  const codes = new Set(record.tables.aid.list('account_code').filter(Boolean));
  for (const code of [...codes].sort()) aid(`account-${code}`, `Account ${code}`, { column: all.account, value: code }, 'Aid by account');
  const arms = { table: 'arms', kind: 'dollars', group: 'Arms, current US dollars', rule: 'arms' };
  found.agreements = { ...arms, label: 'Sales agreements, total', amount: 'total_agreements_usd' };
  found.fms = { ...arms, label: 'Sales agreements, paid by the recipient', amount: 'fms_agreements_usd' };
  found.fmf_funded = { ...arms, label: 'Sales agreements, FMF-funded', amount: 'fmf_funded_agreements_usd' };
  found.excess = { ...arms, table: 'excess', label: 'Excess articles delivered, current value', amount: 'current_value_usd', rule: 'excess' };
  return found;
}

// Why a measure cannot be shown by these; '' where it can.
function refusal(record, selection, key = selection.measure) {
  const measure = record.measures[key];
  const dimensions = [selection.rows, selection.columns].filter(Boolean);
  if (measure.table !== 'trainings') {
    if (dimensions.some((name) => !BESIDE_DIMENSIONS.includes(name))) return 'Aid and arms are known by country, region and year: choose these for rows and columns.';
    if (needsTraining(selection)) return 'Aid and arms know no program, department, place or unit: take those filters and the words away.';
  }
  if (key === 'participants_per_million' && !hasPeople(selection)) {
    return 'People are those of one country in one year: show it by country and year, by country for one year, or by year for one country.';
  }
  return '';
}

function hasPeople(selection) {
  const dimensions = [selection.rows, selection.columns].filter(Boolean);
  const fixed = { country: selection.country.length === 1, fiscal_year: selection.from === selection.to };
  return ['country', 'fiscal_year'].every((name) => dimensions.includes(name) || fixed[name]) &&
    dimensions.every((name) => name === 'country' || name === 'fiscal_year');
}

// Rows of the table of a measure that a selection chooses; `words` are the rows of what was searched, null for all.
function rowsOfMeasure(record, selection, key, words) {
  const measure = record.measures[key];
  if (measure.table === 'trainings') return words ?? chosenRows(record, selection);
  let rows = chosenRows(record, selection, measure.table);
  if (measure.where) {
    const table = record.tables[measure.table];
    const fits = fitting(table, measure.where.column, (value) => value === measure.where.value);
    const { codes } = table.groups[table.groupOf[measure.where.column]];
    rows = rows.filter((row) => fits[codes[row]]);
  }
  return rows;
}

// Returns {rows, columns, value(row, column), cell, total(row)} of a measure.
function numbersOf(record, selection, key, words) {
  const measure = record.measures[key];
  const rows = rowsOfMeasure(record, selection, key, words);
  const table = pivot(record, rows, selection.rows, selection.columns, measure.table, measure.amount);
  const value = (row, column) => valueOf(record, selection, key, table.cell(row, column), table.rows[row], table.columns[column]);
  const across = selection.columns && table.columns.length > 1 && key !== 'participants_per_million'
    ? pivot(record, rows, selection.rows, '', measure.table, measure.amount) : null;
  const total = across && ((row) => valueOf(record, selection, key, across.cell(row, 0)));
  return { ...table, value, total, chosen: rows };
}

function valueOf(record, selection, key, cell, rowKey, columnKey) {
  if (!cell) return null;
  if (record.measures[key].amount) return cell.amount;
  if (key !== 'participants_per_million') return cell[key];
  const keys = { [selection.rows]: rowKey, [selection.columns]: columnKey };
  const country = keys.country ?? record.named.country.get(selection.country[0])?.name;
  const count = people(record, country, keys.fiscal_year ?? selection.from);
  return count ? cell.participants / count * 1e6 : null;
}

// The rows behind one number.
function rowsBehind(record, selection, key, words) {
  const { table } = record.measures[key];
  let rows = rowsOfMeasure(record, selection, key, words);
  for (const [name, wanted] of [[selection.rows, selection.row], [selection.columns, selection.column]]) {
    if (!name || wanted === '') continue;
    const { codes, at, keys } = dimension(record, name, table);
    const place = keys.findIndex((one) => keyText(one) === wanted);
    rows = rows.filter((row) => at[codes[row]] === place);
  }
  return rows;
}

// A value of a dimension as text in the address.
function keyText(key) {
  return key === null ? '(none)' : String(key);
}
