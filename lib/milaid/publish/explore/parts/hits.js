// What was found: variant spellings as one, with recipient, years and people.

const FIRST_SHOWN = 25;
const MORE_SHOWN = 100;

function hitsView(record, selection, { result, words }, address) {
  const kind = KINDS[selection.in];
  if (!result) return [introduction(record, selection, address)];
  const { groups } = result;
  if (!groups.length) {
    return [el('div', { class: 'box' }, el('p', { class: 'lead' }, `No ${kind.one} says this.`),
      el('p', {}, 'Fewer words find more. Other filters, or another kind of name, may have it: the reports list many units in one cell, abbreviate, and print some names in Spanish, French or Portuguese.'))];
  }
  const list = el('ol', { class: 'hits' });
  const more = el('p', { class: 'more' });
  let upTo = 0;
  const show = (count) => {
    list.append(...groups.slice(upTo, upTo + count).map((hit) => hitItem(record, selection, hit, address)));
    upTo = Math.min(upTo + count, groups.length);
    more.replaceChildren(...(upTo < groups.length ? [button(`Show ${Math.min(MORE_SHOWN, groups.length - upTo)} more of ${grouping(groups.length)}`, () => show(MORE_SHOWN))] : []));
  };
  show(FIRST_SHOWN);
  return [
    sumsLine(record, words, `${counted(groups.length, kind.one)} found, `, address({ view: 'activities', hit: '', of: '' })),
    list, more,
    el('details', { class: 'rule' }, el('summary', {}, 'How names are found'), el('p', {}, record.search.rule, selection.in === 'unit' ? ` ${record.search.country_rule}` : ''),
      el('p', {}, 'That a name is not found does not say that it was not trained: some editions print no units, and names of persons are withheld.')),
  ];
}

function hitItem(record, selection, hit, address) {
  const of = record.codeOf.get(hit.recipient);
  const { others } = hit;
  return el('li', {},
    el('p', { class: 'name' }, el('a', { href: address({ view: 'activities', hit: hit.name, of }), 'aria-label': `${hit.name}, ${hit.recipient}` }, hit.name)),
    el('p', { class: 'facts-of-hit' }, el('b', {}, hit.recipient), `, ${spans(hit.years)}. ${counted(hit.participants, 'participant')} in ${counted(hit.activities, 'activity', 'activities')}.`,
      el('span', { class: 'score' }, ` Score ${hit.score} of 100`)),
    others.length && el('details', {}, el('summary', {}, counted(others.length, 'other spelling')),
      el('ul', {}, others.slice(0, 60).map((name) => el('li', {}, name)), others.length > 60 && el('li', {}, `and ${others.length - 60} more`))));
}

// What is summed of rows, in one line, with the counting rule.
function sumsLine(record, rows, before, address) {
  const cell = sums(record, rows);
  return el('p', { class: 'sums' }, before, el('a', { href: address }, counted(cell.activities, 'activity', 'activities')),
    ` with ${counted(cell.participants, 'participant')}, `,
    cell.cost_usd === null ? 'no printed cost' : `${short(cell.cost_usd, 'dollars')} (${short(cell.cost_usd_constant, 'dollars')} in dollars of FY${record.constant_year})`,
    `. ${record.rules.note} An activity without a printed cost adds no dollars.`);
}

const EXAMPLES = [
  ['batallon fuerzas especiales', 'unit', ['HND']], ['rapid intervention batalion', 'unit', ['CMR']], ['colombian natonal police', 'unit', []],
  ['captains career course', 'course', []], ['fort bening', 'place', []], ['marshall center', 'institution', []],
];

function introduction(record, selection, address) {
  return el('div', { class: 'introduction' },
    el('p', {}, 'Type a unit as people write it: the order of words, accents, abbreviations, languages and slips do not matter. Filters narrow what is searched.'),
    el('p', { class: 'label' }, 'For example'),
    el('ul', { class: 'examples' }, EXAMPLES.map(([q, kind, country]) => el('li', {}, el('a', { href: address({ q, in: kind, country, view: 'search' }) }, q),
      ` ${KINDS[kind].label.toLowerCase()}${country.length ? `, ${record.named.country.get(country[0])?.name ?? ''}` : ''}`))),
    el('p', {}, el('a', { href: address({ view: 'numbers' }) }, 'Numbers'), ' adds up by country, region, program, department, year, institution or course; ',
      el('a', { href: address({ view: 'activities' }) }, 'Activities'), ' lists the rows with their official pages.'),
    el('details', { class: 'rule', open: true }, el('summary', {}, 'Before you use a number'),
      el('dl', { class: 'rules' }, record.rules.counting.map(([rule, why]) => el('div', {}, el('dt', {}, rule), ' ', el('dd', {}, why))))));
}
