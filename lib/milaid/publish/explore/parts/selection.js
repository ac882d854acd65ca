// What is asked: a selection, its form in the address, and the activities that it chooses.

const KINDS = {
  unit: { label: 'Units', one: 'unit', column: 'student_unit_clean', printed: 'student_unit_clean' },
  course: { label: 'Courses', one: 'course', column: 'course_title', printed: 'course_title' },
  place: { label: 'Places', one: 'place', column: 'place', printed: 'location' },
  institution: { label: 'Institutions', one: 'institution', column: 'institution', printed: 'institution' },
};
const LISTS = ['country', 'region', 'program', 'department'];
const WHERE = { us: 'In the United States', abroad: 'Outside the United States' };
const VIEWS = ['search', 'numbers', 'activities', 'dossier', 'claim'];
const DEFAULTS = {
  q: '', in: 'unit', hit: '', of: '', where: '', view: 'search',
  rows: 'fiscal_year', columns: '', measure: 'participants', beside: '', as: 'lines', row: '', column: '', part: '', number: '',
};

// A whole selection of what is given of one; unknown values are left out.
function selectionOf(given, record) {
  const selection = { ...DEFAULTS, country: [], region: [], program: [], department: [], from: record.firstYear, to: record.lastYear };
  for (const [name, value] of Object.entries(given)) {
    if (LISTS.includes(name)) {
      const codes = Array.isArray(value) ? value : String(value).split(',');
      selection[name] = codes.filter((code, i) => record.named[name].has(code) && codes.indexOf(code) === i);
    } else if (name === 'years') {
      const [from, to = from] = String(value).split('-').map(Number);
      if (from >= 1900 && to >= from) Object.assign(selection, { from: Math.max(from, record.firstYear), to: Math.min(to, record.lastYear) });
    } else if (name === 'from' || name === 'to') selection[name] = Number(value);
    else if (name in DEFAULTS) selection[name] = String(value);
  }
  const allowed = { in: KINDS, view: VIEWS, rows: DIMENSIONS, measure: record.measures, as: FORMS };
  for (const [name, known] of Object.entries(allowed)) {
    const names = Array.isArray(known) ? known : Object.keys(known);
    if (!names.includes(selection[name])) selection[name] = DEFAULTS[name];
  }
  if (!(selection.columns in DIMENSIONS) || selection.columns === selection.rows) selection.columns = '';
  if (!(selection.where in WHERE)) selection.where = '';
  if (!(selection.beside in record.measures)) selection.beside = '';
  if (selection.from > selection.to) Object.assign(selection, { from: record.firstYear, to: record.lastYear });
  return selection;
}

function ofAddress(hash, record) {
  const given = {};
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ''))) given[name] = value;
  return selectionOf(given, record);
}

function addressOf(selection, record) {
  const parts = new URLSearchParams();
  for (const [name, usual] of Object.entries(DEFAULTS)) if (selection[name] !== usual) parts.set(name, selection[name]);
  for (const name of LISTS) if (selection[name].length) parts.set(name, selection[name].join(','));
  if (selection.from !== record.firstYear || selection.to !== record.lastYear) {
    parts.set('years', selection.from === selection.to ? `${selection.from}` : `${selection.from}-${selection.to}`);
  }
  return `#${parts.toString().replaceAll('%2C', ',')}`;
}

// Which places of the list of a group fit, as bytes; `fits` is asked for each.
function fitting(table, column, fits) {
  const list = table.list(column);
  return Uint8Array.from(list, (value, i) => (fits(value, i) ? 1 : 0));
}

// The rows of a table that the filters choose, of training or of aid and arms.
function chosenRows(record, selection, name = 'trainings') {
  const table = record.tables[name];
  const tests = [];
  const among = (column, fits) => tests.push([table.groups[table.groupOf[column]].codes, fitting(table, column, fits)]);
  if (selection.country.length) {
    const names = new Set(selection.country.map((code) => record.named.country.get(code).name));
    among('recipient', (value) => names.has(value));
  }
  if (selection.region.length) {
    const names = new Set(selection.region.map((code) => record.named.region.get(code).name));
    among('region_harmonised', (value) => names.has(value));
  }
  if (name === 'trainings') {
    if (selection.program.length) among('program', (value) => selection.program.includes(value));
    if (selection.department.length) {
      const funders = record.departmentOf;
      among('program', (_, i) => selection.department.includes(funders[i]));
    }
    if (selection.where) among('in_united_states', (value) => value === (selection.where === 'us'));
    among('fiscal_year', (value) => value >= selection.from && value <= selection.to);
  } else {
    const { values, least } = table.numbers.fiscal_year;
    const fits = new Uint8Array(values.reduce((most, value) => Math.max(most, value), 0) + 1);
    for (let i = 1; i < fits.length; i++) fits[i] = i - 1 + least >= selection.from && i - 1 + least <= selection.to;
    tests.push([values, fits]);
  }
  const rows = new Int32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    let fits = 1;
    for (let i = 0; fits && i < tests.length; i++) fits = tests[i][1][tests[i][0][row]];
    if (fits) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

// Whether words or filters are set that aid and arms do not know.
function needsTraining(selection) {
  return Boolean(selection.q || selection.program.length || selection.department.length || selection.where);
}

// The first and last fiscal year that a measure of a selection can have.
function spanOf(record, selection, key) {
  const [first, last] = record.yearsOf[record.measures[key].table];
  return [selection.to >= first ? Math.max(selection.from, first) : selection.from, selection.from <= last ? Math.min(selection.to, last) : selection.to];
}
