// The page: takes what is asked, keeps it in the address, shows the answer.

const TABS = { search: 'Search', numbers: 'Numbers', activities: 'Activities', claim: 'Check a number' };
// So many milliseconds after the last digit a number is looked for: thousands of sums are compared.
const TYPING = 200;
// Drawings are no wider than this.
const WIDEST = 760;
const at = (id) => document.getElementById(id);

function start(record) {
  let selection = ofAddress(location.hash, record);
  const taken = at('taken');
  const address = (changes) => addressOf(selectionOf({ ...selection, row: '', column: '', part: '', ...changes }, record), record);

  // Takes a change of the selection; the control named by `focus` has the focus again when all is shown anew.
  function change(changes, focus) {
    const opens = { hit: '', of: '', row: '', column: '' };
    selection = selectionOf({ ...selection, ...opens, ...changes }, record);
    if (selection.view === 'activities' && !('view' in changes) && !selection.q) selection.hit = '';
    history.replaceState(null, '', addressOf(selection, record));
    show();
    if (focus) document.querySelector(focus)?.focus();
  }

  function show() {
    taken.replaceChildren();
    at('kinds').replaceChildren(...Object.entries(KINDS).map(([name, kind]) => el('label', {},
      el('input', { type: 'radio', name: 'kind', value: name, checked: selection.in === name, onchange: () => change({ in: name }, `[name=kind][value=${name}]`) }), kind.label)));
    at('filters').replaceChildren(...filters(record, selection, change));
    at('folded').querySelector('summary').textContent = isFiltered(record, selection) ? 'Filters, some are set' : 'Filters';
    if (document.activeElement !== at('query')) at('query').value = selection.q;
    if (document.activeElement !== at('number')) at('number').value = selection.number;
    at('of-number').replaceChildren(...claimChoosers(record, selection, change));
    answerShown();
  }

  function answerShown() {
    const began = performance.now();
    at('search').hidden = selection.view === 'claim';
    at('claim').hidden = selection.view !== 'claim';
    const given = asked(record, selection);
    const rows = rowsShown(record, selection, given);
    at('tabs').replaceChildren(...Object.entries(TABS).map(([view, label]) => el('li', {}, el('a', {
      href: address({ view, ...(view === 'activities' ? {} : { hit: '', of: '' }) }), 'aria-current': selection.view === view || (view === 'activities' && selection.view === 'dossier') ? 'page' : null,
    }, label))));
    at('subject').replaceChildren(...subject(given));
    at('actions').replaceChildren(...actions(given, rows));
    const answered = claimAnswered(record, selection);
    said(at('claimed'), answered ? answered.said : '');
    at('answer').setAttribute('aria-label', `Answer: ${selection.view === 'claim' ? TABS.claim : titleOf(record, selection)}`);
    at('answer').replaceChildren(...views(given, rows, answered));
    document.documentElement.dataset.took = (performance.now() - began).toFixed(1);
    said(at('status'), counts(given, rows));
  }

  // How much there is, in words that are heard after each letter.
  function counts(given, { rows, tableName }) {
    const activities = counted(given.words.length, 'activity', 'activities');
    if (selection.view === 'activities' && (selection.row !== '' || selection.column !== '')) {
      return tableName === 'trainings' ? `${grouping(rows.length)} of ${activities}` : counted(rows.length, 'line');
    }
    if (!given.result) return activities;
    const open = hitOf(record, selection, given.result) ? '1 of ' : '';
    return `${open}${counted(given.result.groups.length, KINDS[selection.in].one)} found, in ${activities}`;
  }

  function views(given, rows, answered) {
    if (selection.view === 'numbers') {
      const room = Math.floor(at('answer').getBoundingClientRect().width) || WIDEST;
      return numbersView(record, selection, given, address, change, Math.min(WIDEST, room));
    }
    if (selection.view === 'claim') return claimView(record, selection, answered, address);
    if (selection.view === 'activities') return activitiesView(record, selection, rows, address);
    return selection.view === 'dossier' ? [dossierView(record, selection, given, rows.rows, address)] : hitsView(record, selection, given, address);
  }

  // What is open, in words, where it is more than what the filters say.
  function subject(given) {
    if (selection.view !== 'activities') return [];
    const hit = hitOf(record, selection, given.result);
    const opened = [[selection.rows, selection.row], [selection.columns, selection.column]].filter(([, key]) => key).map(([name, key]) => `${DIMENSIONS[name]}: ${name === 'fiscal_year' ? 'FY' : ''}${key === '(none)' ? 'none named' : key}`);
    const back = opened.length ? address({ view: 'numbers' }) : address({ view: 'search', hit: '', of: '' });
    if (!hit && !opened.length) return [];
    return [el('h2', {}, hit ? hit.name : opened.join(', ')), el('p', { class: 'small' }, hit ? `${hit.recipient}. ` : `Rows behind this number. `, hit && hit.others.length ? `Also spelled: ${hit.others.slice(0, 8).join('; ')}${hit.others.length > 8 ? ' and others' : ''}. ` : '', el('a', { href: back }, hit ? 'All that was found' : 'Back to the numbers'))];
  }

  function actions(given, { rows, tableName }) {
    if (selection.view === 'search' && !given.result) return [];
    if (selection.view === 'claim') {
      if (!readClaimed(record, selection.number)) return [];
      return [button('Copy as Python', () => copy(callOfClaim(record, selection), 'Python', taken)), button('Copy link', () => copy(location.href, 'Link', taken))];
    }
    const title = titleOf(record, selection);
    const csv = async () => {
      const parts = [];
      const done = el('span', { 'aria-live': 'off' });
      for (const part of csvOfRows(record, tableName, rows)) {
        parts.push(part);
        if (rows.length > ROWS_AT_ONCE) {
          if (parts.length === 1) taken.replaceChildren(el('p', {}, `Writing ${counted(rows.length, 'row')}: `, done, ' done.'));
          done.textContent = grouping(Math.min((parts.length - 1) * ROWS_AT_ONCE, rows.length));
          await new Promise((painted) => setTimeout(painted));
        }
      }
      if (rows.length > ROWS_AT_ONCE) taken.replaceChildren();
      save(fileName(title, 'csv'), new Blob(parts, { type: 'text/csv' }));
    };
    return [
      button(`CSV, ${counted(rows.length, 'row')}`, csv),
      button('Cite', () => copy(citationOf(record, selection, rows, tableName), 'Citation', taken)),
      button('Copy as Python', () => copy(pythonOf(record, selection, given.result), 'Python', taken)),
      button('Save as notebook', () => save(fileName(title, 'ipynb'), `${JSON.stringify(notebookOf(record, selection, given.result), null, 1)}\n`, 'application/x-ipynb+json')),
      button('Copy link', () => copy(location.href, 'Link', taken)),
      tableName === 'trainings' && selection.view !== 'dossier' && selection.view !== 'numbers' && el('a', { class: 'action', href: address({ view: 'dossier', row: selection.row, column: selection.column }) }, 'Dossier to print'),
    ].filter(Boolean);
  }

  let frame = 0;
  at('query').addEventListener('input', (event) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const view = selection.view === 'dossier' || selection.view === 'activities' ? 'search' : selection.view;
      selection = selectionOf({ ...selection, hit: '', of: '', row: '', column: '', view, q: event.target.value }, record);
      history.replaceState(null, '', addressOf(selection, record));
      answerShown();
    });
  });
  let waiting = 0;
  at('number').addEventListener('input', (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      selection = selectionOf({ ...selection, row: '', column: '', number: event.target.value }, record);
      history.replaceState(null, '', addressOf(selection, record));
      answerShown();
    }, TYPING);
  });
  for (const form of ['search', 'claim']) at(form).addEventListener('submit', (event) => event.preventDefault());
  addEventListener('hashchange', () => {
    // A place in the page, as that to which the first link skips, is no question.
    if (location.hash && !location.hash.includes('=')) return;
    selection = ofAddress(location.hash, record);
    // Also a field that is being written in: what it says is what was asked.
    at('query').value = selection.q;
    at('number').value = selection.number;
    show();
    at('answer').focus({ preventScroll: true });
    if (at('tabs').getBoundingClientRect().top < 0) at('tabs').scrollIntoView();
  });
  let wide = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== wide && selection.view === 'numbers') { wide = innerWidth; answerShown(); } });
  const fold = matchMedia('(max-width:1023px)');
  // On a phone the filters stand below the search, folded.
  const folded = () => {
    at('folded').open = !fold.matches;
    (fold.matches ? at('narrowed') : at('rail')).append(at('folded'));
  };
  fold.addEventListener('change', folded);
  folded();
  show();
}

// The rows of the view and their table: those of words and filters, of one hit, or behind one number.
function rowsShown(record, selection, given) {
  const measure = record.measures[selection.measure];
  const behind = selection.row !== '' || selection.column !== '' || selection.view === 'numbers';
  if (!behind || refusal(record, selection)) return { rows: given.words, tableName: 'trainings', measure };
  return { rows: rowsBehind(record, selection, selection.measure, given.words), tableName: measure.table, measure };
}

async function open() {
  const state = at('state');
  try {
    const record = opened(unpacked(await inflated(bytesOf(at('record').textContent))));
    at('record').remove();
    document.documentElement.classList.add('ready');
    namesOf(record, 'unit');
    start(record);
    state.remove();
    Object.defineProperty(window, 'milaid', { value: { ask: (given) => answer(record, given), csv: (given) => csvOfSelection(record, given), claim: (given) => claimOf(record, selectionOf(given, record)) } });
  } catch (error) {
    state.textContent = `This page cannot be shown here: ${error.message}. A browser of 2023 or later is needed; the data page has the tables.`;
  }
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

// The rows of a selection as CSV, for scripts.
function csvOfSelection(record, given) {
  const selection = selectionOf(given, record);
  const { rows, tableName } = rowsShown(record, selection, asked(record, selection));
  return [...csvOfRows(record, tableName, rows)].join('');
}

open();
