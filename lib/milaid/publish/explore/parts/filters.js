// The filters: names that are added from lists and taken away again, years, and where training took place.

const FILTERS = { country: ['Country', 'Add a country'], region: ['Region', 'Add a region'], program: ['Program', 'Add a program'], department: ['Department', 'Add a department'] };

function filters(record, selection, change) {
  const years = Array.from({ length: record.lastYear - record.firstYear + 1 }, (_, i) => [record.firstYear + i, `FY${record.firstYear + i}`]);
  const year = (name, label) => el('label', {}, el('span', { class: 'unseen' }, label),
    el('select', { 'data-filter': name, onchange: (event) => change({ [name]: Number(event.target.value) }) }, options(years, selection[name])));
  return [
    ...LISTS.map((name) => listFilter(record, selection, change, name)),
    el('fieldset', { class: 'years' }, el('legend', {}, 'Fiscal years'), el('div', {}, year('from', 'From'), el('span', {}, 'to'), year('to', 'To'))),
    el('label', { class: 'filter' }, el('span', {}, 'Where'),
      el('select', { 'data-filter': 'where', onchange: (event) => change({ where: event.target.value }) },
        options([['', 'Anywhere'], ...Object.entries(WHERE)], selection.where))),
    el('p', { class: 'clear' }, isFiltered(record, selection) && button('Clear all filters', () =>
      change({ country: [], region: [], program: [], department: [], where: '', from: record.firstYear, to: record.lastYear }), { class: 'plain' })),
  ];
}

function isFiltered(record, selection) {
  return LISTS.some((name) => selection[name].length) || Boolean(selection.where) || selection.from !== record.firstYear || selection.to !== record.lastYear;
}

function listFilter(record, selection, change, name) {
  const [label, adds] = FILTERS[name];
  const nameOf = (one) => (name === 'program' ? `${one.code}: ${one.name}` : one.name);
  const left = [...record.named[name].values()].filter((one) => !selection[name].includes(one.code));
  const listed = (some) => options(some.map((one) => [one.code, nameOf(one)]), '');
  const untrained = name === 'country' ? left.filter((one) => !one.trained) : [];
  const add = (event) => event.target.value && change({ [name]: [...selection[name], event.target.value] }, `[data-filter=${name}]`);
  return el('div', { class: 'filter' },
    el('label', {}, el('span', {}, label), el('select', { 'data-filter': name, onchange: add }, el('option', { value: '' }, adds),
      listed(left.filter((one) => !untrained.includes(one))), untrained.length && el('optgroup', { label: 'Aid and arms alone' }, listed(untrained)))),
    selection[name].length && el('ul', { class: 'chosen' }, selection[name].map((code) => el('li', {},
      button([el('span', {}, name === 'program' ? code : record.named[name].get(code).name), ' ×'], () =>
        change({ [name]: selection[name].filter((one) => one !== code) }, `[data-filter=${name}]`), { 'aria-label': `Take away ${record.named[name].get(code).name}` })))));
}
