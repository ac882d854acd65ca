// Which sums a number may be, the most plausible first: lib/milaid/analysis/claim.py and claim_sums.py said again.

const CLAIM_KINDS = { country: 'recipient', region: 'region', program: 'program', department: 'department' };
const STATUSES = ['actual', 'planned'];

// Rows as columns of places in sorted lists, so that keys are numbers and their order is that of the names.
class Summed {
  constructor(names, amounts) {
    this.names = names;
    this.amounts = amounts;
    this.rows = [];
  }

  add(of, year, status, values, rows = 1) {
    this.rows.push({ of, year, status, values, rows });
  }

  ready() {
    this.keys = this.names.map((_, i) => [...new Set(this.rows.map((row) => row.of[i]))].filter((key) => key !== null).sort((a, b) => (a < b ? -1 : 1)));
    const places = this.keys.map((keys) => new Map(keys.map((key, i) => [key, i])));
    for (const row of this.rows) row.at = row.of.map((key, i) => places[i].get(key) ?? -1);
    this.years = [...new Set(this.rows.map((row) => row.year))].sort((a, b) => a - b);
    return this;
  }

  // The rows of what is fixed; none where something is fixed that they do not know.
  of(fixed) {
    const tests = Object.entries(fixed).map(([name, value]) => [this.names.indexOf(name), value]);
    if (tests.some(([i]) => i < 0)) return [];
    return this.rows.filter((row) => tests.every(([i, value]) => row.of[i] === value));
  }

  // Sums of rows by names of what they are of, in the order of these; a row without one of them is in none.
  by(rows, names) {
    const columns = names.map((name) => this.names.indexOf(name));
    const found = new Map();
    for (const row of rows) {
      let key = 0;
      for (const i of columns) key = row.at[i] < 0 ? NaN : key * this.keys[i].length + row.at[i];
      if (Number.isNaN(key)) continue;
      key = key * 2 + row.status;
      let sum = found.get(key);
      if (!sum) found.set(key, (sum = { key, status: row.status, of: names.map((_, i) => row.of[columns[i]]), values: this.amounts.map(() => 0), rows: 0 }));
      sum.rows += row.rows;
      for (let i = 0; i < sum.values.length; i++) sum.values[i] += row.values[i];
    }
    return [...found.values()].sort((a, b) => a.key - b.key);
  }
}

// The tables that are added up, made once: training done and planned, aid, agreements.
function claimTables(record) {
  if (record.claimTables) return record.claimTables;
  return (record.claimTables = { training: claimTraining(record), aid: claimAid(record), arms: claimArms(record) });
}

function claimTraining(record) {
  const table = record.tables.trainings;
  const found = new Summed(['recipient', 'region', 'program', 'department'], ['participants', 'cost', 'activities']);
  const { source, recipient, program } = table.groups;
  const { quantity, cost_usd } = table.numbers;
  const amount = ({ values, least }, row) => (values[row] ? values[row] - 1 + least : 0);
  const cells = new Map();
  for (let row = 0; row < table.rows; row++) {
    const key = (source.codes[row] * recipient.size + recipient.codes[row]) * program.size + program.codes[row];
    let cell = cells.get(key);
    if (!cell) cells.set(key, (cell = { row, values: [0, 0, 0] }));
    cell.values[0] += amount(quantity, row);
    cell.values[1] += amount(cost_usd, row);
    cell.values[2] += 1;
  }
  for (const { row, values } of cells.values()) {
    const at = program.codes[row];
    found.add([table.value('recipient', row), table.value('region_harmonised', row), program.lists.program[at], record.departmentOf[at]],
      table.value('fiscal_year', row), 0, values, values[2]);
  }
  const { planned } = record.tables;
  for (let row = 0; row < planned.rows; row++) {
    const value = (name) => planned.value(name, row);
    found.add(found.names.map(value), value('fiscal_year'), 1, [value('quantity') ?? 0, value('cost_usd') ?? 0, value('rows')], value('rows'));
  }
  return found.ready();
}

function claimAid(record) {
  const table = record.tables.aid;
  const found = new Summed(['recipient', 'region', 'category', 'account'], ['aid', 'aid, constant dollars']);
  for (let row = 0; row < table.rows; row++) {
    const value = (name) => table.value(name, row);
    found.add([value('recipient'), value('region_harmonised'), value('category'), value('account_code') ?? value('account')], value('fiscal_year'), 0,
      [value('obligations_usd') ?? 0, value('obligations_usd_constant') ?? 0]);
  }
  return found.ready();
}

function claimArms(record) {
  const table = record.tables.arms;
  const found = new Summed(['recipient', 'region'], ['arms agreements', 'FMS agreements']);
  for (let row = 0; row < table.rows; row++) {
    const value = (name) => table.value(name, row);
    found.add([value('recipient'), value('region_harmonised')], value('fiscal_year'), 0, [value('total_agreements_usd') ?? 0, value('fms_agreements_usd') ?? 0]);
  }
  return found.ready();
}

// Names of which up to so many together tell sums of training apart; a recipient has one region.
function trainingGroups(free, fixed, depth) {
  const groups = [[]];
  for (let size = 1, last = [[]]; size <= depth; size++) {
    last = last.flatMap((names) => free.slice(names.length ? free.indexOf(names.at(-1)) + 1 : 0).map((name) => [...names, name]));
    groups.push(...last);
  }
  return groups.filter((names) => !['recipient', 'region'].every((name) => names.includes(name) || name in fixed));
}

function moneyGroups(parts, fixed) {
  const whose = [[], ...('recipient' in fixed || 'region' in fixed ? [] : [['recipient'], ['region']])];
  const groups = whose.flatMap((of) => parts.map((part) => [...of, ...part.filter((name) => !(name in fixed))]));
  return groups.filter((names, i) => groups.findIndex((other) => other.join() === names.join()) === i);
}

// Calls `visit(measure, value, of, first, last, status, rows, place)` for each sum that is not zero, in the order of the Python.
function eachSum(record, fixed, years, visit) {
  const { training, aid, arms } = claimTables(record);
  const spansOf = (there, whole) => {
    if (years) return years[0] === years[1] ? [years[0], years[0] - 1, years[0] + 1].map((year) => [year, year]) : [years];
    return [...there.map((year) => [year, year]), ...(whole ? [[there[0], there.at(-1)]] : [])];
  };
  const all = (table, given, spanned, groups) => {
    const rows = table.of(given);
    for (const [first, last] of spanned) {
      const some = rows.filter((row) => row.year >= first && row.year <= last);
      for (const names of some.length ? groups : []) {
        const sums = table.by(some, names);
        table.amounts.forEach((measure, i) => {
          for (const sum of sums) {
            if (sum.values[i]) visit(measure, sum.values[i], () => ({ ...Object.fromEntries(names.map((name, k) => [name, sum.of[k]])), ...given }), names.length + Object.keys(given).length, first, last, STATUSES[sum.status], sum.rows, null);
          }
        });
      }
    }
  };
  const free = training.names.filter((name) => !(name in fixed));
  const trained = spansOf(training.years, true);
  all(training, fixed, trained, trainingGroups(free, fixed, record.claim.depth));
  eachPrinted(record, fixed, trained, visit);
  const { program, ...others } = fixed;
  // The account of a program has its name where it has one at all.
  const ofAid = program === undefined ? fixed : { ...others, account: program };
  const money = spansOf([...new Set([...aid.years, ...arms.years])].sort((a, b) => a - b), false);
  all(aid, ofAid, money, moneyGroups([[], ['category'], ['account']], ofAid));
  all(arms, fixed, money, moneyGroups([[]], fixed));
}

function eachPrinted(record, fixed, spans, visit) {
  const table = record.tables.printed;
  const names = ['recipient', 'region', 'program'];
  if (Object.keys(fixed).some((name) => !names.includes(name))) return;
  for (const [first, last] of spans.filter(([from, to]) => from === to)) {
    for (const [measure, column] of [['printed participants', 'quantity'], ['printed cost', 'cost_usd']]) {
      for (let row = 0; row < table.rows; row++) {
        const value = (name) => table.value(name, row);
        if (value('fiscal_year') !== first || Object.entries(fixed).some(([name, wanted]) => value(name) !== wanted) || !value(column)) continue;
        const of = Object.fromEntries(names.map((name) => [name, value(name)]).filter(([, one]) => one !== null));
        visit(measure, value(column), () => of, Object.keys(of).length, first, last, value('status'), 1, row);
      }
    }
  }
}

// What may be the source of a number: {problem} or {claimed, fixed, years, sums, asked, compared, published}.
function claimOf(record, selection) {
  const fixed = {};
  for (const [list, name] of Object.entries(CLAIM_KINDS)) {
    if (selection[list].length > 1) return { problem: `Choose one ${list} at most: a sum of several is not looked for.` };
    for (const code of selection[list]) fixed[name] = list === 'country' || list === 'region' ? record.named[list].get(code).name : code;
  }
  const claimed = readClaimed(record, selection.number);
  if (!claimed) return { problem: `“${selection.number}” cannot be read as a number: write it as ${record.claim.examples}.` };
  const any = selection.from === record.firstYear && selection.to === record.lastYear;
  return { claimed, fixed, ...fittingSums(record, claimed, fixed, any ? null : [selection.from, selection.to]) };
}

function fittingSums(record, claimed, fixed, years) {
  const { near, fits, measures, of: names } = record.claim;
  const about = Object.keys(fixed).length;
  const reach = Math.max(Math.abs(claimed.value) * near, claimed.within) + 1e-9;
  const placeOf = new Map(measures.map((measure, i) => [measure.name, i]));
  const found = []; const asked = [];
  let compared = 0;
  eachSum(record, fixed, years, (measure, value, of, told, first, last, status, rows, printed) => {
    const place = placeOf.get(measure);
    const { unit, definition } = measures[place];
    if (claimed.unit && unit !== claimed.unit) return;
    compared += 1;
    const otherYears = Boolean(years) && (first !== years[0] || last !== years[1]);
    const apart = value - claimed.value;
    const fit = Math.abs(apart) <= claimed.within + 1e-9 ? fits.exactly : fits.nearly;
    const sum = () => ({ fit, difference: claimed.value ? apart / claimed.value * 100 : 0, measure, unit, definition, value, first, last, status, rows, of: of(), printed });
    if (years && told <= about && !otherYears && status === 'actual') asked.push(sum());
    if (Math.abs(apart) > reach) return;
    const nearly = fit === fits.nearly;
    found.push({ sum: sum(), order: [Number(nearly), Number(otherYears), Number(status !== 'actual'), Math.max(told - about, 0), place, nearly ? Math.abs(apart) : 0, -rows] });
  });
  found.sort((a, b) => { const i = a.order.findIndex((one, k) => one !== b.order[k]); return i < 0 ? 0 : a.order[i] - b.order[i]; });
  const sums = withoutSameRows(found.map(({ sum }) => sum), names);
  return { years, sums, asked, compared, published: publishedAlike(record, claimed, fixed, years) };
}

// Leaves out sums of the same rows as one before that fewer things tell apart.
function withoutSameRows(sums, names) {
  const seen = new Map();
  return sums.filter(({ measure, value, first, last, status, rows, of }) => {
    const what = names.filter((name) => name in of).map((name) => `${name}=${of[name]}`);
    const key = [measure, value, first, last, status, rows].join('|');
    const before = seen.get(key) ?? [];
    seen.set(key, [...before, what]);
    return !before.some((fewer) => fewer.every((one) => what.includes(one)));
  });
}

// Figures of others that are the number as written or near it, those about what was asked first.
function publishedAlike(record, claimed, fixed, years) {
  const { published, near, fits } = record.claim;
  const whose = fixed.recipient ?? fixed.region;
  const wanted = years && (years[0] === years[1] ? `${years[0]}` : years.join('-'));
  return published.map((one) => {
    const apart = Math.abs(one.value - claimed.value);
    const exact = apart <= Math.max(claimed.within, one.within) + 1e-6;
    const agrees = (!whose || one.place === whose) && (!wanted || one.fiscal_year === wanted);
    return { ...one, apart, agrees, alike: exact || apart <= Math.abs(claimed.value) * near, fit: exact ? fits.exactly : fits.nearly };
  }).filter((one) => one.alike).sort((a, b) => b.agrees - a.agrees || a.apart - b.apart);
}

// The call of the front door that gives the rows of a sum, as publish/claim.py writes it.
function callOfSum({ measure, of, first, last, status }) {
  const arms = measure.endsWith('agreements');
  const aid = measure.startsWith('aid');
  const named = arms ? ['region'] : aid ? ['region', 'category', 'account'] : ['region', 'program', 'department'];
  const parts = [
    ...(of.recipient ? [py(of.recipient)] : []), first === last ? `years=${first}` : `years=range(${first}, ${last + 1})`,
    ...named.filter((name) => of[name]).map((name) => `${name}=${py(of[name])}`), ...(status === 'planned' ? ['status="planned"'] : []),
  ];
  return `m.${arms ? 'arms' : aid ? 'aid' : 'trainings'}(${parts.join(', ')})`;
}

// The call that gives the whole answer.
function callOfClaim(record, selection) {
  const about = Object.keys(CLAIM_KINDS).flatMap((list) => selection[list].map((code) => (list === 'country' || list === 'region' ? record.named[list].get(code).name : code)));
  const any = selection.from === record.firstYear && selection.to === record.lastYear;
  const year = any ? '' : selection.from === selection.to ? `, year=${selection.from}` : `, year="${selection.from}-${selection.to}"`;
  const whose = about.length ? `, about=${py(about.length === 1 ? about[0] : about)}` : '';
  return `import milaid as m\n\nfound = m.claim(${py(selection.number)}${whose}${year})\nfound\n`;
}

// The selection whose rows a sum adds up; null where this page has none: of plans, printed totals and accounts without a code.
function rowsOfSum(record, sum) {
  const { measure, of, first, last, status } = sum;
  if (status === 'planned' || sum.printed !== null) return null;
  const codes = (list, name) => (name === undefined ? [] : [[...record.named[list].values()].find((one) => one.name === name)?.code].filter(Boolean));
  const whose = {
    country: codes('country', of.recipient), region: codes('region', of.region), program: [], department: [], from: first, to: last,
    q: '', hit: '', of: '', where: '', columns: '', column: '', row: '',
  };
  const unknown = ['program', 'department'].some((list) => of[list] && !record.named[list].has(of[list]));
  if (unknown || (of.recipient && !whose.country.length) || (of.region && !whose.region.length)) return null;
  if (!measure.startsWith('aid') && !measure.endsWith('agreements')) {
    const listed = { program: of.program ? [of.program] : [], department: of.department ? [of.department] : [] };
    return { ...whose, ...listed, view: 'activities' };
  }
  const aid = of.account ? `account-${of.account}` : of.category ? `${of.category.toLowerCase()}_aid` : 'all_aid';
  const key = { 'arms agreements': 'agreements', 'FMS agreements': 'fms', aid, 'aid, constant dollars': `${aid}_constant` }[measure];
  if (!(key in record.measures) || (of.account && of.category)) return null;
  const behind = first === last ? ['fiscal_year', String(first)] : of.recipient ? ['country', of.recipient] : of.region ? ['region', of.region] : null;
  return behind ? { ...whose, view: 'activities', measure: key, rows: behind[0], row: behind[1] } : { ...whose, view: 'numbers', measure: key, rows: 'fiscal_year' };
}
