// Where rows stand: identifiers, citations and official pages, as lib/milaid/tables/citation.py makes them.

function rowId(table, row) {
  return `${table.value('edition', row)}/${table.value('document', row)}/p${table.value('page', row)}/r${table.value('row_on_page', row)}`;
}

// The page of the official file, null where there is none or it is not known.
function officialPage(record, table, row) {
  const first = record.documents[table.value('document', row)]?.[1];
  return first == null ? null : first + table.value('page', row) - 1;
}

function sourceUrl(record, table, row) {
  const address = record.documents[table.value('document', row)]?.[0];
  const page = officialPage(record, table, row);
  return address ? address + (page === null ? '' : `#page=${page}`) : '';
}

function citation(record, table, row) {
  const document = table.value('document', row);
  const { name, section } = record.report;
  return `${name} ${table.value('edition', row)}, ${section}, ${table.value('region', row)}, ${placeInWords(record, table, row, document)}`;
}

function placeInWords(record, table, row, document) {
  if (!document.endsWith('.pdf')) return `web page ${document}`;
  const page = officialPage(record, table, row);
  const printed = table.value('printed_page', row);
  const inFile = `page ${page} of the official file`;
  if (printed === null) return page === null ? `page ${table.value('page', row)} of ${document}` : inFile;
  return page !== null && String(page) !== printed ? `p. ${printed} (${inFile})` : `p. ${printed}`;
}

// Where a line of another table stands, in words and as an address.
function otherCitation(record, name, row) {
  const table = record.tables[name];
  const [text, address] = record.sources[name];
  const place = { aid: ['sheet_row', 'row # of the sheet'], arms: ['page', 'page #'], excess: ['file_row', 'row # of the file'] }[name];
  const number = table.value(place[0], row);
  const anchor = place[0] === 'page' && address.endsWith('.pdf') ? `#page=${number}` : '';
  return { citation: `${text}, ${place[1].replace('#', grouping(number))}`, address: address + anchor };
}

const DAY = 86400000;

function dayText(days) {
  return days === null ? '' : new Date(days * DAY).toISOString().slice(0, 10);
}

function costPrinted(table, row) {
  const form = table.value('cost_form', row);
  const cost = table.value('cost_usd', row);
  if (form === null) return '';
  return form === '' ? String(cost) : form === '$,' ? `$${grouping(cost)}` : form;
}

// Every field of an activity, by the names of the data dictionary.
const FIELDS = {
  row_id: (record, table, row) => rowId(table, row),
  start_date: (record, table, row) => dayText(table.value('start_date', row)),
  end_date: (record, table, row) => dayText(table.value('end_date', row)),
  cost_printed: (record, table, row) => costPrinted(table, row),
  official_page: officialPage,
  citation,
  source_url: sourceUrl,
};
const COLUMNS = [
  'row_id', 'fiscal_year', 'edition', 'document', 'page', 'printed_page', 'row_on_page', 'section', 'region', 'region_harmonised',
  'country', 'recipient', 'recipient_kind', 'iso3', 'program', 'program_printed', 'funder', 'course_title', 'quantity', 'location',
  'student_unit', 'us_unit', 'place', 'us_state', 'location_country', 'in_united_states', 'online', 'location_status', 'institution',
  'student_unit_clean', 'cost_usd', 'cost_printed', 'derived', 'start_date', 'end_date', 'citation', 'official_page', 'source_url',
];

function field(record, name, row, tableName = 'trainings') {
  const table = record.tables[tableName];
  return tableName === 'trainings' && FIELDS[name] ? FIELDS[name](record, table, row) : table.value(name, row);
}
