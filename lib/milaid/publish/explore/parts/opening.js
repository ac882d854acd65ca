// The record made ready to be asked: names by code, years and prices by the places of lists, and the front door of scripts.

function opened(record) {
  const training = record.tables.trainings;
  const source = training.groups.source.lists;
  record.words = new Words(record.search);
  record.names = {};
  record.yearAt = source.fiscal_year;
  record.trainedYears = [...new Set(source.fiscal_year)].sort();
  record.firstYear = record.trainedYears[0];
  record.yearsOf = { trainings: [record.trainedYears[0], record.trainedYears.at(-1)] };
  for (const name of ['aid', 'arms', 'excess']) {
    const years = dimension(record, 'fiscal_year', name).keys;
    record.yearsOf[name] = years.length ? [years[0], years.at(-1)] : record.yearsOf.trainings;
  }
  record.lastYear = Math.max(...Object.values(record.yearsOf).map(([, last]) => last));
  const base = record.deflator[record.constant_year];
  record.priceRatioAt = Float64Array.from(source.fiscal_year, (year) => base / record.deflator[year]);
  const byCode = (list) => new Map(list.map((one) => [one.code, one]));
  record.named = {
    country: byCode(record.recipients), region: byCode(record.regions), department: byCode(record.departments),
    program: byCode(record.programs.filter((one) => one.reported)),
    recipient: new Map(record.recipients.map((one) => [one.name, one])),
  };
  record.codeOf = new Map(record.recipients.map((one) => [one.name, one.code]));
  record.countryOf = new Map(record.recipients.map((one) => [one.iso3, one.name]));
  const usual = new Map(record.programs.map((one) => [one.code, one.funder]));
  const { program, funder } = training.groups.program.lists;
  record.departmentOf = funder.map((code, i) => (code === record.funder_not_stated ? usual.get(program[i]) ?? code : code));
  record.measures = measuresOf(record);
  return record;
}

// The activities of the filters, kept for those that were asked last: a letter more of a word changes none.
function filteredRows(record, selection) {
  const key = JSON.stringify([...LISTS.map((name) => selection[name]), selection.where, selection.from, selection.to]);
  if (record.lastFilter?.key !== key) record.lastFilter = { key, rows: chosenRows(record, selection) };
  return record.lastFilter.rows;
}

// What a selection gives: the rows of filters and words, what was found, and the numbers of a measure.
function asked(record, selection) {
  const filtered = filteredRows(record, selection);
  const result = found(record, selection, filtered);
  let words = result ? result.rows : filtered;
  if (result && selection.hit) words = rowsOfHit(record, selection, result);
  return { filtered, result, words };
}

// A question of a script as plain data: {hits, sums, numbers, python, notebook}; given as in the address.
function answer(record, given) {
  const selection = selectionOf(given, record);
  const { result, words } = asked(record, selection);
  const why = refusal(record, selection);
  const table = why ? null : numbersOf(record, selection, selection.measure, words);
  return {
    hits: result && result.groups.map(({ score, name, recipient, participants, activities, others, years }) =>
      ({ score, name, recipient, participants, activities, others, years })),
    sums: sums(record, words),
    refused: why,
    rows: table && table.rows, columns: table && table.columns,
    values: table && table.rows.map((_, row) => table.columns.map((_, column) => table.value(row, column))),
    python: pythonOf(record, selection, result),
    notebook: notebookOf(record, selection, result),
  };
}
