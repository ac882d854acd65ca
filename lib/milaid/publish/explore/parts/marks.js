// Breaks, gaps, flags and notes of what is shown, by the rules of the reports.

// Gaps, breaks and changes among the years shown that concern a selection: a break of a region leaves one recipient whole.
function marksOf(record, selection, years) {
  const regions = selection.region.map((code) => record.named.region.get(code).name);
  const concern = (mark) => !mark.region || (!selection.country.length && (!regions.length || regions.includes(mark.region)));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const marks = record.breaks.filter(concern);
  const gaps = [];
  for (let year = first + 1; year < last; year++) if (!years.includes(year)) gaps.push(year);
  return {
    gaps,
    breaks: marks.filter((mark) => mark.kind === 'break' && mark.year > first && mark.year <= last),
    changes: marks.filter((mark) => mark.kind === 'change' && mark.year >= first && mark.year <= last),
  };
}

// The letters beside a value of a fiscal year, each with its reason.
function flagsOf(record, selection, marks, key, year, cell) {
  const measure = key.replace('_constant', '');
  const found = {};
  if (record.measures[key].table !== 'trainings' || !cell) return found;
  const broken = marks.breaks.find((mark) => mark.year === year);
  if (broken && key !== 'activities') found.b = broken.label;
  const changed = marks.changes.find((mark) => mark.year === year && mark.concerns.includes(measure));
  if (changed) found.d = changed.label;
  if (measure === 'cost_usd' && cell.participants && (cell.participants - cell.priced) / cell.participants * 100 > 100 - record.least_known) {
    found.u = record.flags.unpriced;
  } else if (lostIn(record, selection, year)) found.u = record.flags.lost;
  return found;
}

function lostIn(record, selection, year) {
  const names = selection.country.map((code) => record.named.country.get(code).name);
  const regions = selection.region.map((code) => record.named.region.get(code).name);
  return record.lost.some((lost) => lost.year === year && (!names.length || names.includes(lost.recipient)) &&
    (!regions.length || regions.includes(record.named.recipient.get(lost.recipient)?.region)));
}

// Sentences on what is shown: what is counted, gaps, breaks, other definitions, rows that name another country.
function notesOf(record, selection, keys, years, countries) {
  const { rules } = record;
  const notes = [];
  const tables = new Set(keys.map((key) => record.measures[key].table));
  const ruleKeys = new Set(keys.map((key) => record.measures[key].rule));
  if (tables.has('trainings')) notes.push(`Training activities reported to Congress. ${rules.note}`);
  if (keys.some((key) => key.startsWith('cost_usd'))) notes.push(rules.unpriced);
  if (keys.some((key) => key.endsWith('_constant'))) notes.push(`Constant dollars: prices of FY${record.constant_year} (GDP deflator; of aid, as the Greenbook prints it).`);
  if (keys.includes('participants_per_million')) notes.push(rules.per_million);
  for (const name of ['aid', 'arms', 'excess']) if (ruleKeys.has(name)) notes.push(rules[name]);
  if (!tables.has('trainings') || !years.length) return notes;
  const marks = marksOf(record, selection, years);
  if (marks.gaps.length) notes.push(`No activity of these is listed for ${spans(marks.gaps)}.`);
  for (const mark of marks.breaks) notes.push(`Break in FY${mark.year}: ${mark.description}`);
  const measures = keys.map((key) => key.replace('_constant', ''));
  for (const mark of marks.changes) {
    if (mark.concerns.some((one) => measures.includes(one))) notes.push(`Another definition from FY${mark.year}: ${mark.description}`);
  }
  const shown = new Set(years);
  if (selection.country.length || countries.size <= 3) {
    for (const doubt of record.doubts) {
      if (shown.has(doubt.year) && (countries.has(doubt.recipient) || countries.has(doubt.named))) notes.push(doubt.said);
    }
    for (const lost of record.lost) if (shown.has(lost.year) && countries.has(lost.recipient)) notes.push(lost.reason);
  }
  return notes;
}

// Fiscal years in words: FY2007, FY2010–FY2012.
function spans(years) {
  const parts = [];
  for (const year of [...years].sort((a, b) => a - b)) {
    const last = parts[parts.length - 1];
    if (last && last[1] === year - 1) last[1] = year; else parts.push([year, year]);
  }
  return parts.map(([from, to]) => (from === to ? `FY${from}` : `FY${from}–FY${to}`)).join(', ');
}
