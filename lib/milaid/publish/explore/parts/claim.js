// Where a number comes from: the sums that give it, those near it, what others published, and why figures differ.

const SUMS_SHOWN = 10;
const ABOUT = { country: 'Countries', region: 'Regions', program: 'Programs', department: 'Departments' };
const CLAIM_EXAMPLES = [
  ['528', { country: ['UGA'], from: 2012, to: 2012 }, 'Uganda, FY2012'], ['$36 million', { country: ['KEN'], from: 2013, to: 2013 }, 'Kenya, FY2013'],
  ['6,244 people', { country: ['BDI'], from: 2014, to: 2014 }, 'Burundi, FY2014'],
];

// The year and the subject that a number is said to be of, which are filters as well.
function claimChoosers(record, selection, change) {
  const any = selection.from === record.firstYear && selection.to === record.lastYear;
  const years = Array.from({ length: record.lastYear - record.firstYear + 1 }, (_, i) => [String(record.firstYear + i), `FY${record.firstYear + i}`]);
  const span = !any && selection.from !== selection.to ? [['span', `FY${selection.from} to FY${selection.to}`]] : [];
  const chosen = any ? '' : span.length ? 'span' : String(selection.from);
  const ofYear = ({ target: { value } }) => value !== 'span' && change(value ? { from: Number(value), to: Number(value) } : { from: record.firstYear, to: record.lastYear }, '[data-claim=year]');
  const set = LISTS.flatMap((list) => selection[list].map((code) => `${list}:${code}`));
  const mixed = set.length > 1 ? [['mixed', 'As the filters say']] : [];
  const about = mixed.length ? 'mixed' : set[0] ?? '';
  const ofSubject = ({ target: { value } }) => {
    if (value === 'mixed') return;
    const [list, code] = value.split(/:(.*)/);
    change({ country: [], region: [], program: [], department: [], ...(list && { [list]: [code] }) }, '[data-claim=about]');
  };
  const named = (list) => [...record.named[list].values()].map((one) => [`${list}:${one.code}`, list === 'program' ? `${one.code}: ${one.name}` : one.name]);
  return [
    el('label', {}, el('span', {}, 'About'), el('select', { 'data-claim': 'about', onchange: ofSubject }, options([['', 'Anything'], ...mixed], about),
      Object.entries(ABOUT).map(([list, label]) => el('optgroup', { label }, options(named(list), about))))),
    el('label', {}, el('span', {}, 'Year'), el('select', { 'data-claim': 'year', onchange: ofYear }, options([['', 'Any year'], ...span, ...years], chosen))),
  ];
}

// What a number gives, and that in one sentence; null where none is asked for.
function claimAnswered(record, selection) {
  if (selection.view !== 'claim' || !selection.number.trim()) return null;
  const answered = claimOf(record, selection);
  return { ...answered, said: answered.problem || claimSaid(record, answered) };
}

function claimView(record, selection, answered, address) {
  if (!answered) return [claimIntroduction(record, selection, address)];
  if (answered.problem) return [];
  const { exactly, nearly } = record.claim.fits;
  const parts = [exactly, nearly].flatMap((fit) => sumsThatFit(record, answered, fit, address));
  const exact = answered.sums.some((sum) => sum.fit === exactly);
  return [
    parts,
    !exact && claimHere(record, answered, address), claimOthers(record, answered),
    !exact && el('section', {}, el('h2', {}, 'Why figures of others differ'), el('ul', { class: 'reasons' }, record.claim.why.map((reason) => el('li', {}, reason)))),
    el('p', { class: 'small' }, `Compared are sums of what this page holds: training of FY${record.trainedYears[0]} to FY${record.trainedYears.at(-1)} by recipient, region, program and department, aid and agreements from FY${record.firstYear} on. Words and places are not told apart here. For aid and agreements before, run what “Copy as Python” gives.`),
  ].flat(9).filter(Boolean);
}

// The first sentence of an answer.
function claimSaid(record, { claimed, fixed, years, sums, compared }) {
  const whose = Object.values(fixed).join(', ') || 'anything';
  const when = years ? spans(Array.from({ length: years[1] - years[0] + 1 }, (_, i) => years[0] + i)) : 'any fiscal year';
  const exact = sums.filter((sum) => sum.fit === record.claim.fits.exactly).length;
  if (!sums.length) return `None: no sum here gives ${claimed.text} about ${whose} in ${when}, or lies within 2% of it (${grouping(compared)} compared).`;
  if (!exact) return `None gives ${claimed.text} exactly as it is written: ${grouping(sums.length)} of ${grouping(compared)} sums compared, about ${whose} in ${when}, within 2% of it.`;
  const chance = compared > 500 && sums.length > SUMS_SHOWN ? ' So many were compared that some agree by chance: say what the number is about, and of which year.' : '';
  return `${counted(exact, 'sum')} of ${grouping(compared)} compared, about ${whose} in ${when}, ${exact === 1 ? 'gives' : 'give'} ${claimed.text}.${chance}`;
}

function sumsThatFit(record, { claimed, sums }, fit, address) {
  const rows = sums.filter((sum) => sum.fit === fit);
  if (!rows.length) return [];
  const list = el('ol', { class: 'hits claims' });
  const more = el('p', { class: 'more' });
  let upTo = 0;
  const show = (count) => {
    list.append(...rows.slice(upTo, upTo + count).map((sum) => sumItem(record, sum, address)));
    upTo = Math.min(upTo + count, rows.length);
    more.replaceChildren(...(upTo < rows.length ? [button(`Show ${Math.min(MORE_SHOWN, rows.length - upTo)} more of ${grouping(rows.length)}`, () => show(MORE_SHOWN))] : []));
  };
  show(SUMS_SHOWN);
  return [el('section', {}, el('h2', {}, fit === record.claim.fits.exactly ? `Gives ${claimed.text}` : `Within 2% of ${claimed.text}`), list, more)];
}

function apartText(sum) {
  return Math.abs(sum.difference) < 0.005 ? '' : ` (${sum.difference < 0 ? '−' : '+'}${Math.abs(sum.difference).toFixed(2)}%)`;
}

function sumItem(record, sum, address) {
  const inFull = (name) => { const known = record.named[name]?.get(sum.of[name])?.name; return known && name !== 'recipient' && known !== sum.of[name] ? ` (${known})` : ''; };
  const whose = record.claim.of.filter((name) => sum.of[name]).map((name) => `${name} ${sum.of[name]}${inFull(name)}`).join(', ') || 'all recipients';
  const when = sum.first === sum.last ? `FY${sum.first}` : `FY${sum.first} to FY${sum.last}`;
  const shift = sum.status === 'planned' ? 1 : 0;
  const editions = [...new Set([sum.first - shift, sum.last - shift])].map((year) => `${year}–${year + 1}`).join(' to ');
  const ofAid = sum.measure.startsWith('aid') || sum.measure.endsWith('agreements');
  return el('li', {},
    el('p', { class: 'name' }, `${grouping(sum.value)} ${sum.unit}${apartText(sum)}`),
    el('p', {}, `${sum.measure.replace(/^./, (letter) => letter.toUpperCase())}: ${whose}, ${when}${shift ? ', planned' : ''}${ofAid ? '' : `; edition ${editions}`}.`),
    el('p', { class: 'facts-of-hit' }, sum.definition),
    el('p', { class: 'facts-of-hit' }, rowsLink(record, sum, address)));
}

// The rows of a sum in this page, else the page that prints it, else the call that gives them.
function rowsLink(record, sum, address) {
  const selection = rowsOfSum(record, sum);
  if (selection) return el('a', { href: address(selection) }, counted(sum.rows, 'row'));
  if (sum.printed !== null) {
    const table = record.tables.printed;
    const url = sourceUrl(record, table, sum.printed);
    const where = `${record.report.name} ${table.value('edition', sum.printed)}, ${officialPage(record, table, sum.printed) === null ? table.value('document', sum.printed) : `page ${officialPage(record, table, sum.printed)} of the official file`}`;
    return url ? el('a', { href: url, rel: 'noopener', target: '_blank' }, where) : where;
  }
  return [`${counted(sum.rows, 'row')}, by `, el('code', {}, callOfSum(sum))];
}

// What is here of just what was asked.
function claimHere(record, { asked, fixed, years }, address) {
  const rows = asked.filter((sum) => sum.printed === null);
  if (!years) return [];
  if (!rows.length) return [el('p', { class: 'sums' }, 'This page has no sum of just this.')];
  return [el('section', {}, el('h2', {}, `Here for ${Object.values(fixed).join(', ') || 'all recipients'} in just these years`),
    el('ul', { class: 'reasons' }, rows.map((sum) => el('li', {}, `${grouping(sum.value)} ${sum.unit}${Math.abs(sum.difference) < record.claim.comparable ? apartText(sum) : ''}: ${sum.measure}, `, rowsLink(record, sum, address)))))];
}

function claimOthers(record, { published }) {
  if (!published.length) return [];
  return [el('section', {}, el('h2', {}, 'Figures that others published'), el('ul', { class: 'reasons' }, published.map((one) => el('li', {},
    `${one.publisher}: ${grouping(one.value)} (${one.measure}, ${one.place}, ${one.fiscal_year}; ${one.fit}${one.agrees ? '' : '; about something else than was asked'}). ${one.definition} ${one.reason ?? ''} `,
    el('a', { href: one.source_url, rel: 'noopener', target: '_blank' }, 'Source')))))];
}

function claimIntroduction(record, selection, address) {
  return el('div', { class: 'introduction' },
    el('p', {}, `Type a number that you read, as it is written: ${record.claim.examples}. Sums of training, aid and arms agreements that give it come first, then those within 2%, the most plausible first; where there is none, that is said.`),
    el('p', { class: 'label' }, 'For example'),
    el('ul', { class: 'examples' }, CLAIM_EXAMPLES.map(([number, filters, said]) => el('li', {}, el('a', { href: address({ ...NOTHING_ABOUT, ...filters, number, view: 'claim' }) }, number), `, ${said}`))));
}
const NOTHING_ABOUT = { country: [], region: [], program: [], department: [] };
