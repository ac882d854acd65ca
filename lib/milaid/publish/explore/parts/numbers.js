// Numbers by rows and columns: a chart or a map, and always the table; each number leads to its rows.

const TABLE_SHOWN = 60;
const WHY_FORM = {
  lines: 'Lines go over fiscal years: choose these for rows or columns.',
  map: 'A map shows countries: choose these for rows.',
};

function numbersView(record, selection, { words }, address, change, width) {
  const shownForm = formOf(selection);
  const parts = [chooser(record, selection, change)];
  const keys = [selection.measure, ...(selection.beside && selection.beside !== selection.measure ? [selection.beside] : [])];
  const refused = keys.map((key) => refusal(record, selection, key)).filter(Boolean);
  if (refused.length) return [...parts, el('div', { class: 'box', role: 'status' }, [...new Set(refused)].map((why) => el('p', {}, why)))];
  const sets = keys.map((key) => ({ key, ...numbersOf(record, selection, key, keys[0] === key || record.measures[key].table === 'trainings' ? words : null) }));
  if (!sets.some((set) => set.rows.length)) return [...parts, el('div', { class: 'box' }, el('p', {}, 'Nothing is listed for this: choose other filters.'))];
  if (shownForm !== selection.as) parts.push(el('p', { class: 'small', role: 'status' }, WHY_FORM[selection.as]));
  for (const set of sets) if (set.rows.length && shownForm !== 'table') parts.push(figure(record, selection, set, shownForm, address, width));
  parts.push(...tablesOf(record, selection, sets, address));
  const years = yearsShown(record, selection, sets[0]);
  const countries = new Set(selection.country.map((code) => record.named.country.get(code).name));
  parts.push(el('div', { class: 'notes' }, notesOf(record, selection, keys, years, countries).map((note) => el('p', {}, note)), el('p', {}, el('b', {}, 'Source '), sourceWords(record, keys))));
  return parts;
}

// The form that can be shown: lines need fiscal years, a map needs countries.
function formOf(selection) {
  const over = selection.rows === 'fiscal_year' || selection.columns === 'fiscal_year';
  if (selection.as === 'lines' && !over) return 'bars';
  return selection.as === 'map' && selection.rows !== 'country' ? 'bars' : selection.as;
}

function sourceWords(record, keys) {
  const tables = new Set(keys.map((key) => record.measures[key].table));
  const parts = [];
  if (tables.has('trainings')) parts.push(`US Departments of State and Defense, ${record.report.name}, ${record.report.section}`);
  for (const name of ['aid', 'arms', 'excess']) if (tables.has(name)) parts.push(record.sources[name][0]);
  if (keys.includes('cost_usd_constant')) parts.push(record.sources.deflator[0]);
  if (keys.includes('participants_per_million')) parts.push(record.sources.population[0]);
  return `${parts.join('; ')}.`;
}

function yearsShown(record, selection, set) {
  if (selection.rows === 'fiscal_year') return set.rows;
  if (selection.columns === 'fiscal_year') return set.columns;
  const [from, to] = spanOf(record, selection, set.key);
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

function chooser(record, selection, change) {
  const pick = (name, label, entries) => el('label', {}, el('span', {}, label),
    el('select', { 'data-filter': name, onchange: (event) => change({ [name]: event.target.value }, `[data-filter=${name}]`) }, entries));
  const dimensions = Object.entries(DIMENSIONS);
  const grouped = (chosen, without = () => false) => {
    const groups = new Map();
    for (const [key, measure] of Object.entries(record.measures)) {
      if (without(measure)) continue;
      if (!groups.has(measure.group)) groups.set(measure.group, []);
      groups.get(measure.group).push([key, measure.label]);
    }
    return [...groups].map(([label, entries]) => el('optgroup', { label }, options(entries, chosen)));
  };
  return el('div', { class: 'chooser' },
    pick('measure', 'Measure', grouped(selection.measure)),
    pick('rows', 'Rows', options(dimensions, selection.rows)),
    pick('columns', 'Columns', options([['', 'None'], ...dimensions.filter(([name]) => name !== selection.rows)], selection.columns)),
    pick('beside', 'Beside it', [el('option', { value: '' }, 'Nothing'), ...grouped(selection.beside)]),
    pick('as', 'Shown as', options(Object.entries(FORMS), selection.as)));
}

function keyName(record, name, key) {
  if (key === null) return name === 'region' ? 'No region' : 'None named';
  return name === 'department' ? record.named.department.get(key)?.name ?? key : String(key);
}

// The rows of a set in the order in which they are shown: years as they come, else the largest first.
function order(selection, set) {
  const places = set.rows.map((_, i) => i);
  if (selection.rows === 'fiscal_year') return places;
  const size = (row) => set.total ? set.total(row) : Math.max(...set.columns.map((_, column) => set.value(row, column) ?? -Infinity));
  const sizes = places.map((row) => size(row) ?? -Infinity);
  return places.sort((a, b) => sizes[b] - sizes[a] || a - b);
}

function figure(record, selection, set, form, address, width) {
  const { kind, label: measure } = record.measures[set.key];
  const title = titleOf(record, selection, set.key);
  const label = `${FORMS[form]}: ${title}. The table below has all values.`;
  const lead = (row, column = '') => address({ view: 'activities', measure: set.key, row: keyText(set.rows[row]), column: column === '' || !selection.columns ? '' : keyText(set.columns[column]) });
  const rowNames = set.rows.map((key) => keyName(record, selection.rows, key));
  const columnNames = set.columns.map((key) => keyName(record, selection.columns, key));
  const sorted = order(selection, set);
  const total = (row) => (set.total ? set.total(row) : set.value(row, 0));
  let drawing; let cutNote = '';
  if (form === 'lines') {
    ({ drawing, cutNote } = linesOf(record, selection, set, { kind, width, lead, rowNames, columnNames, sorted }));
  } else if (form === 'heat') {
    drawing = heatMap({ rows: sorted.map((row) => rowNames[row]), columns: columnNames.map((name) => name || measure.split(',')[0]), value: (row, column) => set.value(sorted[row], column), address: (row, column) => lead(sorted[row], column), kind, width });
    if (sorted.length > MOST_HEAT) cutNote = `The ${MOST_HEAT} largest of ${sorted.length}.`;
  } else if (form === 'map') {
    const items = sorted.map((row) => ({ name: rowNames[row], iso3: isoOf(record, set.rows[row]), value: total(row), address: lead(row) }));
    drawing = worldMap({ items, map: record.map, kind, width });
  } else {
    drawing = barChart({ items: sorted.map((row) => ({ name: rowNames[row], value: total(row), address: lead(row) })), kind, width });
    if (sorted.length > MOST_BARS) cutNote = selection.rows === 'fiscal_year' ? `The first ${MOST_BARS} of ${sorted.length} years.` : `The ${MOST_BARS} largest of ${sorted.length}.`;
  }
  return el('figure', { class: 'exhibit' }, el('p', { class: 'title' }, title), cutNote && el('p', { class: 'subtitle' }, cutNote), el('span', { class: 'unseen', role: 'img', 'aria-label': label }), drawing,
    el('p', { class: 'take' }, button('SVG', () => save(fileName(title, 'svg'), svgText(record, drawing, title), 'image/svg+xml')),
      button('PNG', async () => save(fileName(title, 'png'), await pngOf(svgText(record, drawing, title))))));
}

function isoOf(record, name) {
  const known = record.named.recipient.get(name);
  return known && known.kind !== 'former state' ? known.iso3 : '';
}

function linesOf(record, selection, set, { kind, width, lead, rowNames, columnNames, sorted }) {
  const down = selection.rows === 'fiscal_year';
  const years = down ? set.rows : set.columns;
  const names = down ? columnNames : rowNames;
  let places = down ? names.map((_, i) => i) : sorted;
  if (down && names.length > 1) {
    const sum = (column) => set.rows.reduce((all, _, row) => all + (set.value(row, column) ?? 0), 0);
    const sizes = places.map(sum);
    places = places.sort((a, b) => sizes[b] - sizes[a]);
  }
  const series = places.slice(0, MOST_LINES).map((place) => ({
    name: names[place],
    role: roleOfName(record, names[place]),
    values: years.map((_, year) => (down ? set.value(year, place) : set.value(place, year))),
    addresses: years.map((_, year) => (down ? lead(year, place) : lead(place, year))),
  }));
  const marks = record.measures[set.key].table === 'trainings' ? marksOf(record, selection, years) : { breaks: [] };
  const cutNote = names.length > MOST_LINES ? `The ${MOST_LINES} largest of ${names.length}.` : '';
  return { drawing: lineChart({ years, series, marks, kind, width }), cutNote };
}

// The colour that the reports give a region or a department; undefined for what has none of its own.
function roleOfName(record, name) {
  const region = record.regions.find((one) => one.name === name);
  const department = record.departments.find((one) => one.name === name);
  const role = region ? region.code : { DoS: 'accent', DoD: 'other', DHS: 'homeland' }[department?.code];
  return role in record.colours ? role : undefined;
}

// One table with what stands beside in a column of its own, or one for each where there are columns.
function tablesOf(record, selection, sets, address) {
  return selection.columns ? sets.map((set) => numbersTable(record, selection, [set], address)) : [numbersTable(record, selection, sets, address)];
}

function numbersTable(record, selection, sets, address) {
  const [main] = sets;
  const heads = sets.flatMap((set) => [
    ...set.columns.map((key, column) => ({ set, column, label: selection.columns ? keyName(record, selection.columns, key) : record.measures[set.key].label })),
    ...(set.total ? [{ set, total: true, label: 'All' }] : []),
  ]);
  const keys = new Map();
  for (const set of sets) for (const key of set.rows) if (!keys.has(key)) keys.set(key, new Map());
  for (const set of sets) set.rows.forEach((key, row) => keys.get(key).set(set, row));
  const shownRows = [...order(selection, main).map((row) => main.rows[row]), ...[...keys.keys()].filter((key) => !keys.get(key).has(main))];
  if (selection.rows === 'fiscal_year') shownRows.sort((a, b) => a - b);
  const marks = yearMarks(record, selection, main);
  const said = new Map();
  const value = (head, key) => {
    const row = keys.get(key).get(head.set);
    return row === undefined ? null : head.total ? head.set.total(row) : head.set.value(row, head.column);
  };
  const lettersOf = (head, key) => {
    const row = keys.get(key).get(head.set);
    const year = selection.rows === 'fiscal_year' ? key : selection.columns === 'fiscal_year' && !head.total ? head.set.columns[head.column] : null;
    return year === null || row === undefined ? {} : flagsOf(record, selection, marks, head.set.key, year, head.total ? null : head.set.cell(row, head.column));
  };
  const line = (key) => el('tr', {}, el('th', { scope: 'row', class: 'stub' }, keyName(record, selection.rows, key)), heads.map((head) => {
    const row = keys.get(key).get(head.set);
    const one = value(head, key);
    const { kind } = record.measures[head.set.key];
    if (one === null) return el('td', {}, row !== undefined && !head.total && head.set.cell(row, head.column) && kind === 'rate' ? '..' : '–');
    const letters = lettersOf(head, key);
    for (const [letter, reason] of Object.entries(letters)) said.set(`${letter} ${reason}`, `${letter} ${record.flags.meanings[letter]}: ${reason}`);
    const column = head.total || !selection.columns ? '' : keyText(head.set.columns[head.column]);
    return el('td', {}, el('a', { href: address({ view: 'activities', measure: head.set.key, row: keyText(key), column }) }, shown(one, kind)),
      Object.keys(letters).length > 0 && el('sup', { class: 'flag' }, Object.keys(letters).sort().join('')));
  }));
  const body = el('tbody');
  const more = el('p', { class: 'more' });
  const legendLine = el('p', { class: 'small' });
  let upTo = 0;
  const show = (count) => {
    body.append(...shownRows.slice(upTo, upTo + count).map(line));
    upTo = Math.min(upTo + count, shownRows.length);
    more.replaceChildren(...(upTo < shownRows.length ? [button(`Show ${Math.min(200, shownRows.length - upTo)} more of ${grouping(shownRows.length)}`, () => show(200))] : []));
    legendLine.textContent = said.size ? `${[...said.values()].join('. ')}. – none listed; .. not computed.` : '– none listed; .. not computed.';
  };
  show(TABLE_SHOWN);
  const title = titleOf(record, selection, main.key);
  // As in the files of the reports, letters stand in a column of their own where there can be any.
  const dated = [selection.rows, selection.columns].includes('fiscal_year');
  const cells = (head, key) => {
    const one = value(head, key);
    return dated && !head.total ? [one, one === null ? '' : Object.keys(lettersOf(head, key)).sort().join('')] : [one];
  };
  const file = () => csvOf([
    [DIMENSIONS[selection.rows], ...heads.flatMap((head) => (dated && !head.total ? [head.label, `${head.label}_flag`] : [head.label]))],
    ...shownRows.map((key) => [keyName(record, selection.rows, key), ...heads.flatMap((head) => cells(head, key))])]);
  return el('figure', { class: 'exhibit' }, el('p', { class: 'title' }, heads.length > 1 && !selection.columns ? `${title}, and beside it ${record.measures[sets.at(-1).key].label}` : title),
    el('div', { class: `scroll${heads.length > 4 ? ' many' : ''}`, tabindex: 0, role: 'region', 'aria-label': title }, el('table', {},
      el('thead', {}, el('tr', {}, el('th', { scope: 'col', class: 't stub' }, DIMENSIONS[selection.rows]), heads.map((head) => el('th', { scope: 'col' }, head.label)))), body)),
    more, legendLine, el('p', { class: 'take' }, button('CSV of this table', () => save(fileName(title, 'csv'), file(), 'text/csv'))));
}

function yearMarks(record, selection, set) {
  const years = yearsShown(record, selection, set);
  return years.length ? marksOf(record, selection, years) : { gaps: [], breaks: [], changes: [] };
}
