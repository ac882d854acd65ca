// The rows themselves: each with unit and course as printed, people, dates, place, program, dollars, official page and identifier.

const ROWS_SHOWN = 50;

function activitiesView(record, selection, given, address) {
  const { rows, tableName } = given;
  if (!rows.length) return [el('div', { class: 'box' }, el('p', { class: 'lead' }, 'No row is listed for this.'), el('p', {}, 'None listed is not none trained: Foreign Military Sales, most members of NATO and classified activities are not in these reports.'))];
  const head = tableName === 'trainings' ? sumsLine(record, rows, '', address({})) : otherSums(record, rows, given);
  const list = el('ol', { class: 'activities' });
  const more = el('p', { class: 'more' });
  const order = tableName === 'trainings' ? Int32Array.from(rows).reverse() : rows;
  let upTo = 0;
  const show = (count) => {
    for (const row of order.subarray(upTo, upTo + count)) list.append(tableName === 'trainings' ? activityItem(record, row) : otherItem(record, tableName, row));
    upTo = Math.min(upTo + count, order.length);
    more.replaceChildren(...(upTo < order.length ? [button(`Show ${Math.min(MORE_SHOWN, order.length - upTo)} more of ${grouping(order.length)}`, () => show(MORE_SHOWN))] : []));
  };
  show(ROWS_SHOWN);
  return [head, list, more];
}

function otherSums(record, rows, { measure, tableName }) {
  const cell = sums(record, rows, tableName, measure.amount);
  return el('p', { class: 'sums' }, `${counted(rows.length, 'line')}: ${measure.label}, $${shown(cell.amount, 'dollars')}. ${record.rules[tableName]}`);
}

function activityItem(record, row) {
  const table = record.tables.trainings;
  const value = (name) => table.value(name, row);
  const dates = [dayText(value('start_date')), dayText(value('end_date'))].filter(Boolean).join(' to ');
  const url = sourceUrl(record, table, row);
  const cited = citation(record, table, row);
  const facts = [
    `FY${value('fiscal_year')}`, value('recipient'), value('program'), dates, value('location'),
    value('us_unit') && `US unit: ${value('us_unit')}`,
  ].filter(Boolean).join(' · ');
  const fields = el('dl', { class: 'fields' });
  const fill = () => fields.childElementCount || fields.append(...COLUMNS.map((name) => el('div', {}, el('dt', {}, name), el('dd', {}, cellText(field(record, name, row)) || '–'))));
  const derived = value('derived');
  return el('li', {},
    el('p', { class: 'course' }, value('course_title') ?? 'No title printed'),
    el('p', { class: 'unit' }, value('student_unit') ?? 'No unit printed'),
    el('p', { class: 'people' }, el('b', {}, value('quantity') === null ? '–' : grouping(value('quantity'))), value('quantity') === 1 ? ' participant' : ' participants',
      derived && el('sup', { title: `Follows from printed totals: ${derived}` }, 'e'), el('br'), value('cost_usd') === null ? 'no cost printed' : `$${grouping(value('cost_usd'))}`),
    el('p', { class: 'meta' }, facts),
    el('p', { class: 'meta' }, url ? el('a', { href: url, rel: 'noopener', target: '_blank' }, cited) : cited, ' · ', el('code', {}, rowId(table, row))),
    el('details', { ontoggle: fill }, el('summary', {}, 'All fields'), fields));
}

function otherItem(record, name, row) {
  const table = record.tables[name];
  const { citation: cited, address } = otherCitation(record, name, row);
  const what = { aid: ['account', 'category'], arms: [], excess: ['item'] }[name].map((column) => table.value(column, row)).join(' · ');
  const amount = { aid: 'obligations_usd', arms: 'total_agreements_usd', excess: 'current_value_usd' }[name];
  const fields = OTHER_COLUMNS[name].map((column) => el('div', {}, el('dt', {}, column), el('dd', {}, cellText(table.value(column, row)) || '–')));
  return el('li', {}, el('p', { class: 'course' }, what || 'Agreements of the year'), el('p', { class: 'unit' }, table.value('recipient', row)),
    el('p', { class: 'people' }, el('b', {}, `$${shown(table.value(amount, row), 'dollars')}`)), el('p', { class: 'meta' }, `FY${table.value('fiscal_year', row)}`),
    el('p', { class: 'meta' }, el('a', { href: address, rel: 'noopener', target: '_blank' }, cited)),
    el('details', {}, el('summary', {}, 'All fields'), el('dl', { class: 'fields' }, fields)));
}
