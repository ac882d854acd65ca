// A dossier to print: one selection with its sums, years, programs, places and every row with its page.

const MOST_IN_DOSSIER = 2000;

function dossierView(record, selection, { result }, rows, address) {
  const hit = hitOf(record, selection, result);
  const cell = sums(record, rows);
  const years = [...new Set(Array.from(rows, (row) => record.tables.trainings.value('fiscal_year', row)))];
  const countries = new Set(Array.from(rows.subarray(0, 100000), (row) => record.tables.trainings.value('recipient', row)));
  const small = (title, name, most = 12) => {
    const table = pivot(record, rows, name);
    const lines = table.rows.map((key, i) => [keyName(record, name, key), table.cell(i, 0)]);
    if (name !== 'fiscal_year') lines.sort((a, b) => b[1].participants - a[1].participants);
    const left = lines.length - most;
    return el('section', {}, el('h3', {}, title), el('table', {}, el('thead', {}, el('tr', {}, ...[title, 'Participants', 'Activities', 'Cost, USD'].map((head, i) => el('th', { scope: 'col', class: i ? null : 't' }, head)))),
      el('tbody', {}, lines.slice(0, most).map(([key, one]) => el('tr', {}, el('th', { scope: 'row' }, key), el('td', {}, grouping(one.participants)), el('td', {}, grouping(one.activities)), el('td', {}, shown(one.cost_usd, 'dollars')))))),
      left > 0 && el('p', { class: 'small' }, `And ${left} more.`));
  };
  const items = Array.from(rows.subarray(0, MOST_IN_DOSSIER), (row) => activityItem(record, row));
  return el('article', { class: 'dossier' },
    el('p', { class: 'take' }, button('Print', () => print()), el('a', { href: address({ view: 'activities' }) }, 'Back to the activities')),
    el('h2', {}, hit ? `${hit.name}, ${hit.recipient}` : titleOf(record, { ...selection, view: 'search' })),
    el('p', {}, `${counted(cell.participants, 'participant')} in ${counted(cell.activities, 'activity', 'activities')}, ${spans(years)}; `,
      cell.cost_usd === null ? 'no cost is printed.' : `printed cost $${grouping(cell.cost_usd)}, $${grouping(Math.round(cell.cost_usd_constant))} in dollars of FY${record.constant_year}.`),
    el('p', {}, `${record.rules.note} ${record.rules.unpriced}`),
    hit && hit.others.length > 0 && el('p', {}, el('b', {}, 'Other spellings: '), hit.others.join('; '), '.'),
    small('Fiscal year', 'fiscal_year', 40), small('Program', 'program'), small('Course', 'course'), small('Institution', 'institution'),
    el('section', {}, el('h3', {}, 'Notes'), notesOf(record, selection, ['participants', 'cost_usd'], years, countries).map((note) => el('p', { class: 'small' }, note))),
    el('section', { class: 'every' }, el('h3', {}, 'Every activity'), el('ol', { class: 'activities' }, items), rows.length > items.length && el('p', {}, `The first ${grouping(items.length)} of ${grouping(rows.length)}: the CSV has all.`)),
    el('section', {}, el('h3', {}, 'To cite and to repeat'), el('p', { class: 'small' }, citationOf(record, selection, rows)), el('p', { class: 'small' }, el('code', {}, `explore.html${address({})}`))));
}
