// A selection as Python of the front door, and as a notebook: what lib/milaid/explorer/code.py and notebook.py write.

const KEYS = { fiscal_year: 'fiscal_year', country: 'country', region: 'region', program: 'program', department: 'department', institution: 'institution' };
const ROW_COLUMNS = { fiscal_year: 'fiscal_year', country: 'recipient', region: 'region_harmonised', program: 'program', institution: 'institution', course: 'course_title' };

function py(value) {
  return JSON.stringify(value, null, 0).replace(/","/g, '", "');
}

// The arguments that name what the filters choose.
function namedArguments(record, selection) {
  const names = LISTS.filter((name) => selection[name].length).map((name) => {
    const values = selection[name].map((code) => (name === 'country' || name === 'region' ? record.named[name].get(code).name : code));
    return `${name}=${py(values)}`;
  });
  return names;
}

function yearsArgument(record, selection, key = 'participants') {
  const [from, to] = spanOf(record, selection, key);
  return from === to ? `years=${from}` : `years=range(${from}, ${to + 1})`;
}

// Lines that make `rows`: the activities of the filters and the words.
function rowsLines(record, selection, result) {
  const given = [...namedArguments(record, selection), yearsArgument(record, selection)];
  const hit = hitOf(record, selection, result);
  const lines = [];
  if (result && selection.in === 'unit' && !hit) {
    lines.push(`rows = m.units(${[py(selection.q), ...given, 'rows=True'].join(', ')})`);
  } else {
    lines.push(`rows = m.trainings(${given.join(', ')})`);
    if (result) {
      const { printed } = KINDS[selection.in];
      lines.push(`named = ${py(printedNames(record, selection, result, hit))}`, `rows = rows[rows["${printed}"].isin(named)]`);
      if (hit) lines.push(`rows = rows[rows["recipient"] == ${py(hit.recipient)}]`);
    }
  }
  if (selection.where) {
    const fits = `rows["in_united_states"].astype("boolean").fillna(${selection.where === 'us' ? 'False' : 'True'})`;
    lines.push(`rows = rows[${selection.where === 'us' ? '' : '~'}${fits}]`);
  }
  return lines;
}

// Columns of the tables that dimensions are, by what m.trainings, m.aid and m.arms call them.
const COLUMNS_OF = {
  trainings: ROW_COLUMNS,
  aid: { fiscal_year: 'fiscal_year', country: 'recipient_harmonised', region: 'region_harmonised' },
  arms: { fiscal_year: 'fiscal_year', country: 'recipient', region: 'region' },
  excess: { fiscal_year: 'fiscal_year', country: 'recipient', region: 'region' },
};

// Lines that make `rows` of what is open: of filters and words, or behind one number; and whether they can be cited.
function openLines(record, selection, result) {
  const cells = [[selection.rows, selection.row], [selection.columns, selection.column]].filter(([name, key]) => name && key !== '');
  const measure = record.measures[selection.measure];
  const behind = selection.view !== 'numbers' && cells.length > 0;
  const table = behind ? measure.table : 'trainings';
  const lines = table === 'trainings' ? rowsLines(record, selection, result) : [`rows = ${lineSource(record, selection, measure)}`];
  if (behind) for (const [name, key] of cells) lines.push(`rows = rows[${keyCondition(record, table, name, key)}]`);
  return { lines, cited: table !== 'excess' };
}

function lineSource(record, selection, measure) {
  const options = [...namedArguments(record, selection), yearsArgument(record, selection, selection.measure)];
  if (measure.table === 'excess') options.push('kind="excess"');
  if (measure.table !== 'aid') return `m.arms(${options.join(', ')})`;
  return `m.aid(${[...options, ...aidArgument(measure)].join(', ')})`;
}

// The argument that names the category or account of a measure; [] where it is all aid.
function aidArgument({ where }) {
  return where ? [`${where.column === 'category' ? 'category' : 'account'}=${py(where.value)}`] : [];
}

function keyCondition(record, table, name, key) {
  const value = name === 'fiscal_year' ? Number(key) : py(key);
  if (name === 'department') return `${departmentOfRows(record)} == ${value}`;
  const column = `rows["${COLUMNS_OF[table][name]}"]`;
  return key === '(none)' ? `${column}.isna()` : `${column} == ${value}`;
}

function departmentOfRows(record) {
  const usual = record.programs.map(({ code, funder }) => `${py(code)}: ${py(funder)}`).join(', ');
  return `rows["funder"].mask(rows["funder"] == ${py(record.funder_not_stated)}, rows["program"].map({${usual}}))`;
}

// What the tables print for the names that were found, or for those of one hit.
function printedNames(record, selection, result, hit) {
  const { printed } = KINDS[selection.in];
  const list = record.tables.trainings.list(printed);
  const names = new Set();
  const { codes } = result.known.group;
  for (const row of result.rows) {
    if (!hit || result.groupAt(row) === hit.group) names.add(list[codes[row]]);
  }
  return [...names].sort();
}

// Lines that make `frame`: the numbers of a measure by rows and columns.
function frameLines(record, selection, key, result) {
  const measure = record.measures[key];
  const by = [selection.rows, selection.columns].filter(Boolean);
  if (measure.table === 'aid') return aidLines(record, selection, measure, by);
  if (measure.table !== 'trainings') return armsLines(record, selection, measure, by);
  if (!result && !selection.where && by.every((name) => KEYS[name])) return totalsLines(record, selection, key, by);
  return groupedLines(record, selection, key, by, result);
}

function totalsLines(record, selection, key, by) {
  const rate = key === 'participants_per_million';
  const keys = rate ? [...new Set([...by, 'fiscal_year', 'country'])] : by.map((name) => KEYS[name]);
  const counts = rate ? 'participants' : key === 'cost_usd_constant' ? 'cost_usd' : key;
  const options = [py(keys), py(counts), ...namedArguments(record, selection), yearsArgument(record, selection)];
  if (key === 'cost_usd_constant') options.push(`constant=${record.constant_year}`);
  if (rate) options.push('per_million=True');
  return [`frame = m.totals(${options.join(', ')})`, `frame = frame[${py([...by, key])}]`];
}

function groupedLines(record, selection, key, by, result) {
  const lines = rowsLines(record, selection, result);
  const columns = by.map((name) => (name === 'department' ? 'department' : ROW_COLUMNS[name]));
  if (by.includes('department')) {
    lines.push(`rows = rows.assign(department=${departmentOfRows(record)})`);
  }
  const grouped = `rows.groupby(${py(columns)}, dropna=False)`;
  if (key === 'activities') return [...lines, `frame = ${grouped}.size().rename("activities").reset_index()`];
  if (key === 'participants') return [...lines, `frame = ${grouped}["quantity"].sum().rename("participants").reset_index()`];
  if (key === 'participants_per_million') {
    return [...lines, 'frame = rows.groupby(["fiscal_year", "recipient"])["quantity"].sum().rename("participants").reset_index()',
      'people = m.population().rename(columns={"year": "fiscal_year"})',
      'frame = frame.merge(people, on=["fiscal_year", "recipient"], how="left")',
      `frame["${key}"] = frame["participants"] / frame["population"] * 1e6`, `frame = frame[${py([...columns, key])}]`];
  }
  if (key === 'cost_usd_constant') {
    lines.push(`ratio = {${pricesText(record, selection)}}`, `rows = rows.assign(${key}=rows["cost_usd"].astype("Float64") * rows["fiscal_year"].map(ratio))`);
  }
  return [...lines, `frame = ${grouped}["${key}"].sum(min_count=1).reset_index()`];
}

// How many dollars of the constant year one of each fiscal year is.
function pricesText(record, selection) {
  const base = record.deflator[record.constant_year];
  const years = [];
  for (let year = selection.from; year <= selection.to; year++) if (record.deflator[year]) years.push(`${year}: ${base / record.deflator[year]}`);
  return years.join(', ');
}

function aidLines(record, selection, measure, by) {
  const options = [...namedArguments(record, selection), yearsArgument(record, selection, selection.measure), ...aidArgument(measure)];
  return [`frame = m.aid(${[...options, `by=${py(by)}`].join(', ')})`, `frame = frame[${py([...by, measure.amount])}]`];
}

function armsLines(record, selection, measure, by) {
  const columns = by.map((name) => ({ country: 'recipient', region: 'region' })[name] ?? name);
  return [`lines = ${lineSource(record, selection, measure)}`,
    `frame = lines.groupby(${py(columns)}, dropna=False)["${measure.amount}"].sum(min_count=1).reset_index()`];
}

// All of it, as a reader runs it.
function pythonOf(record, selection, result) {
  if (selection.view !== 'numbers') {
    const { lines, cited } = openLines(record, selection, result);
    return `${['import milaid as m', lines.join('\n'), cited ? 'm.cite(rows)' : 'rows'].join('\n\n')}\n`;
  }
  return `${['import milaid as m', frameLines(record, selection, selection.measure, result).join('\n'), 'frame'].join('\n\n')}\n`;
}

function notebookOf(record, selection, result) {
  const code = (id, lines) => ({ cell_type: 'code', execution_count: null, id, metadata: {}, outputs: [], source: lines.join('\n') });
  const title = titleOf(record, selection).replace(/([\\`*_{}[\]<>#|$])/g, '\\$1');
  const text = (id, source) => ({ cell_type: 'markdown', id, metadata: {}, source });
  const cells = [
    text('title', `# ${title}\n\nMade by the explorer of milaid ${record.version}. Change a cell and run all.`),
    code('start', ['import milaid as m']),
  ];
  if (selection.view === 'numbers') {
    cells.push(code('numbers', frameLines(record, selection, selection.measure, result)));
    cells.push(code('exhibit', [`exhibit = m.table(frame, title=${py(titleOf(record, selection))}, note=${py(record.rules.note)})`, 'exhibit']));
  }
  if (selection.view !== 'numbers' || record.measures[selection.measure].table === 'trainings') {
    cells.push(text('rows-head', '## Rows behind\n\nEach with its official page.'));
    const { lines, cited } = openLines(record, selection, result);
    cells.push(code('rows', [...lines, ...(cited ? ['cited = m.cite(rows.head(50))', 'cited[["citation", "source_url"]]'] : ['rows'])]));
  }
  return {
    cells, metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } }, nbformat: 4, nbformat_minor: 5,
  };
}

// What is selected, in words.
function titleOf(record, selection, key = selection.measure) {
  const names = [
    ...selection.country.map((code) => record.named.country.get(code).name), ...selection.region.map((code) => record.named.region.get(code).name),
    ...selection.program, ...selection.department.map((code) => record.named.department.get(code).name),
  ];
  const words = selection.hit ? `“${selection.hit}”` : selection.q ? `${KINDS[selection.in].label.toLowerCase()} that say “${selection.q}”` : '';
  const [from, to] = spanOf(record, selection, selection.view === 'numbers' ? key : 'participants');
  const years = from === to ? `FY${from}` : `FY${from} to FY${to}`;
  const opened = selection.view === 'numbers' ? [] : [[selection.rows, selection.row], [selection.columns, selection.column]]
    .filter(([name, one]) => name && one !== '').map(([name, one]) => `${name === 'fiscal_year' ? 'FY' : ''}${one === '(none)' ? `no ${DIMENSIONS[name].toLowerCase()} named` : one}`);
  const whose = [names.join(', '), words, ...opened, selection.where ? WHERE[selection.where].replace(/^./, (letter) => letter.toLowerCase()) : ''].filter(Boolean);
  const by = [selection.rows, selection.columns].filter(Boolean).map((name) => DIMENSIONS[name].toLowerCase()).join(' and ');
  const what = selection.view === 'numbers' || (opened.length && record.measures[key].table !== 'trainings') ? record.measures[key].label : 'Training activities';
  return `${[what, ...whose].join('; ')}: ${years}${selection.view === 'numbers' ? `, by ${by}` : ''}`;
}
