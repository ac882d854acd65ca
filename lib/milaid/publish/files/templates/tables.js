// Tables over 20 rows sort and filter. All controls are made here: without scripts the table stands complete.
// Rows that are not shown cost nothing: their part of the table is not laid out, and opens when find in page meets it.
(() => {
  var STEP = 200, MOST = 2000, WAIT = 120;
  var collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

  function shown(count) { return count.toLocaleString('en-US'); }
  // Words as they are typed: without accents and capitals, with a plain apostrophe.
  function folded(text) {
    return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[\u2018\u2019]/g, "'").toLowerCase();
  }
  function fill(body, rows) {
    var part = document.createDocumentFragment();
    rows.forEach(row => part.appendChild(row));
    body.replaceChildren(part);
    return body;
  }
  // The value of a cell: null where the source has none, which stands last in both directions.
  function valueOf(cell, isText) {
    var text = cell.textContent.trim();
    if (isText) return text === '\u2013' || text === '' ? null : text;
    var number = parseFloat(text.replace(/[,+$]/g, '').replace('\u2212', '-'));
    return isNaN(number) ? null : number;
  }

  function enhance(exhibit) {
    var table = exhibit.querySelector('table'), scroll = exhibit.querySelector('.scroll');
    var heads = [...table.tHead.rows[0].cells];
    var name = exhibit.querySelector('.number').textContent;
    var groups = [], entries = [], tail = [];
    table.querySelectorAll('tbody>tr').forEach(row => {
      if (row.matches('.total,.other')) return tail.push(row);
      var isHead = row.matches('.group');
      if (isHead || !groups.length) groups.push({ body: make('tbody'), head: isHead ? row : null });
      if (!isHead) entries.push({ row: row, place: entries.length, group: groups[groups.length - 1], keys: {} });
    });
    var fives = entries.some(e => e.row.classList.contains('five'));
    var initial = heads.map(head => head.getAttribute('aria-sort'));
    var sortedBody = make('tbody'), tailBody = fill(make('tbody'), tail);
    var least = exhibit.matches('.huge') ? STEP : Infinity, limit = least;
    var printed = +exhibit.dataset.printed || Infinity;
    var column = -1, direction = 1, timer = 0, held = false, printing = false, since = 0, matching = 0;

    var tools = make('div', { className: 'tools' });
    var label = make('label', { textContent: 'Filter rows ' }, tools);
    var input = make('input', { type: 'search', autocomplete: 'off', spellcheck: false }, label);
    input.setAttribute('aria-label', 'Filter rows of ' + name);
    var status = make('p', {}, tools);
    status.setAttribute('role', 'status');
    var reset = make('button', { type: 'button', textContent: 'Reset', hidden: true }, tools);
    reset.setAttribute('aria-label', 'Reset filter and order of ' + name);
    scroll.before(tools);
    var more = make('p', { className: 'more', hidden: true });
    var next = make('button', { type: 'button' }, more), rest = make('button', { type: 'button' }, more);
    scroll.after(more);

    function words(entry) {
      if (entry.words === undefined) {
        var cells = [...entry.row.cells].map(cell => cell.textContent);
        if (entry.group.head) cells.push(entry.group.head.textContent);
        entry.words = folded(cells.join(' '));
      }
      return entry.words;
    }
    function key(entry) {
      if (!(column in entry.keys)) entry.keys[column] = valueOf(entry.row.cells[column], heads[column].matches('.t,.p'));
      return entry.keys[column];
    }
    function compare(a, b) {
      var x = key(a), y = key(b);
      if (x === null || y === null) return (x === null) - (y === null) || a.place - b.place;
      return direction * (typeof x === 'string' ? collator.compare(x, y) : x - y) || a.place - b.place;
    }
    // Columns keep their widths while rows come and go.
    function holdWidths() {
      if (held) return;
      held = true;
      heads.map(head => head.offsetWidth).forEach((width, i) => {
        heads[i].style.minWidth = width + 'px';
      });
    }
    function place(rows, hidden) {
      while (table.tBodies.length) table.tBodies[0].remove();
      if (column >= 0) table.appendChild(fill(sortedBody, rows.map(e => e.row)));
      else groups.forEach(group => {
        var own = rows.filter(e => e.group === group).map(e => e.row);
        if (own.length) table.appendChild(fill(group.body, (group.head ? [group.head] : []).concat(own)));
      });
      rows.forEach((entry, i) => {
        if (!i || (column < 0 && rows[i - 1].group !== entry.group)) since = i;
        entry.row.classList.toggle('five', fives && (i - since) % 5 === 4);
        entry.row.classList.toggle('before-total', i === rows.length - 1 && tail.length > 0);
      });
      var group = rows.length ? rows[rows.length - 1].group : null;
      for (var from = 0; from < hidden.length; from += STEP) {
        var part = [];
        hidden.slice(from, from + STEP).forEach(entry => {
          if (column < 0 && entry.group !== group && entry.group.head) part.push(entry.group.head);
          group = entry.group;
          part.push(entry.row);
        });
        table.appendChild(fill(make('tbody', { className: 'rest' }), part)).setAttribute('hidden', 'until-found');
      }
      table.appendChild(tailBody);
    }
    // A find stays where it is: the rows found and those above them are opened, none is moved.
    function open(part) {
      for (; part.matches('.rest'); part = part.previousElementSibling) part.removeAttribute('hidden');
      limit = table.querySelectorAll('tbody:not([hidden])>tr:not(.group,.total,.other)').length;
      tell(limit);
    }
    function tell(count) {
      more.hidden = count === matching;
      next.textContent = 'Show ' + shown(Math.min(STEP, matching - count)) + ' more rows';
      rest.textContent = 'Show all ' + shown(matching);
      rest.hidden = matching - count <= STEP || matching > MOST;
      say(count);
    }
    function update() {
      var wanted = folded(input.value).split(/\s+/).filter(Boolean);
      var found = !wanted.length ? entries.slice() : entries.filter(entry => {
        return wanted.every(word => words(entry).indexOf(word) >= 0);
      });
      if (column >= 0) found.sort(compare);
      var rows = found.slice(0, printing ? printed : limit);
      place(rows, printing ? [] : found.slice(limit));
      tail.forEach(row => {
        var mark = row.querySelector('.of-all');
        // What "all other" stands for does not follow the filter, so it goes; the total says what it is of.
        if (row.matches('.other')) row.hidden = wanted.length > 0;
        else if (wanted.length && !mark) make('span', { className: 'of-all', textContent: ' (of all rows)' }, row.querySelector('th'));
        else if (!wanted.length && mark) mark.remove();
      });
      heads.forEach((head, i) => {
        var sort = column < 0 ? initial[i] : i === column ? (direction > 0 ? 'ascending' : 'descending') : null;
        if (sort) head.setAttribute('aria-sort', sort); else head.removeAttribute('aria-sort');
      });
      reset.hidden = column < 0 && !wanted.length;
      matching = found.length;
      tell(rows.length);
    }
    function extend(count) {
      limit = count;
      update();
      if (more.hidden) scroll.focus({ preventScroll: true });
    }
    function say(count) {
      var text = matching === entries.length ? shown(matching) + ' rows'
        : matching ? shown(matching) + ' of ' + shown(entries.length) + ' rows' : 'No row holds these words';
      if (count < matching) text += ', the first ' + shown(count) + ' shown';
      if (column >= 0 && matching) text += ', by ' + heads[column].textContent.trim() + (direction > 0 ? ', ascending' : ', descending');
      status.textContent = text + (column < 0 && !input.value ? '. Select a column head to sort.' : '.');
    }

    heads.forEach((head, i) => {
      var button = make('button', { type: 'button' });
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener('click', () => {
        holdWidths();
        var now = head.getAttribute('aria-sort');
        direction = now ? (now === 'ascending' ? -1 : 1) : head.matches('.t,.p,.r') ? 1 : -1;
        column = i;
        limit = least;
        update();
      });
    });
    input.addEventListener('input', () => {
      holdWidths();
      clearTimeout(timer);
      timer = setTimeout(() => { limit = least; update(); }, WAIT);
    });
    reset.addEventListener('click', () => {
      input.value = '';
      column = -1;
      limit = least;
      update();
      input.focus();
    });
    next.addEventListener('click', () => extend(limit + STEP));
    rest.addEventListener('click', () => extend(Infinity));
    addEventListener('resize', () => {
      held = false;
      heads.forEach(head => head.style.minWidth = '');
    });
    table.addEventListener('beforematch', event => open(event.target.closest('tbody')));
    addEventListener('beforeprint', () => { printing = true; update(); });
    addEventListener('afterprint', () => { printing = false; update(); });
    exhibit.classList.add('sorts');
    update();
  }

  try { document.querySelectorAll('.exhibit.sortable').forEach(enhance); }
  finally { document.documentElement.classList.remove('waiting'); }
})();
