// Rows and tables as CSV: the form of lib/milaid/blocks/csv_form.py.

const FORMULA = /^'*[=+\-@\t\r][\s\S]*[A-Za-z0-9]/;
const NUMBER = /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/;

function cellText(value) {
  if (value === null || value === undefined) return '';
  if (value === true) return 'True';
  return value === false ? 'False' : String(value);
}

// A text as it stands in a file: with an apostrophe in front where a spreadsheet would see a formula.
function harmless(text) {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

function csvOf(rows) {
  const line = (cells) => {
    const quoted = cells.map((cell) => {
      const text = harmless(cellText(cell));
      return /[,"\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    });
    return (quoted.length === 1 && quoted[0] === '' ? '""' : quoted.join(',')) + '\n';
  };
  return '\uFEFF' + rows.map(line).join('');
}

const ROWS_AT_ONCE = 5000;

// All columns of activities, as texts that follow each other: of all rows they would be too long for one list of cells.
function* csvOfActivities(record, rows) {
  yield csvOf([COLUMNS]);
  for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
    const some = Array.from(rows.subarray(first, first + ROWS_AT_ONCE), (row) => COLUMNS.map((name) => field(record, name, row)));
    yield csvOf(some).slice(1);
  }
}

const OTHER_COLUMNS = {
  aid: ['fiscal_year', 'recipient', 'recipient_printed', 'iso3', 'region_harmonised', 'category', 'account', 'account_code', 'agency', 'obligations_usd', 'obligations_usd_constant', 'sheet_row'],
  arms: ['fiscal_year', 'recipient', 'iso3', 'region_harmonised', 'fms_agreements_usd', 'fmf_funded_agreements_usd', 'total_agreements_usd', 'page'],
  excess: ['fiscal_year', 'recipient', 'iso3', 'region_harmonised', 'item', 'quantity_delivered', 'current_value_usd', 'file_row'],
};

function csvOfRows(record, tableName, rows) {
  return tableName === 'trainings' ? csvOfActivities(record, rows) : csvOfOther(record, tableName, rows);
}

function csvOfOther(record, name, rows) {
  const columns = OTHER_COLUMNS[name];
  const lines = Array.from(rows, (row) => {
    const { citation: words, address } = otherCitation(record, name, row);
    return [...columns.map((column) => record.tables[name].value(column, row)), words, address];
  });
  return [csvOf([[...columns, 'citation', 'source_url'], ...lines])];
}
