// What a reader takes along: files, texts to copy, pictures.

function save(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = el('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function fileName(title, suffix) {
  const plain = title.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return `${plain.slice(0, 80).replace(/-$/, '') || 'milaid'}.${suffix}`;
}

// Shows a text in full, and copies it where the browser lets it.
async function copy(text, what, output) {
  let done = false;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch { /* Some browsers keep the clipboard from pages of a disk: the text is there to be copied by hand. */ }
  // That it is there is said at once; the text itself is read by who goes to it.
  const shownText = el('pre', { tabindex: 0, role: 'region', 'aria-label': what, 'aria-live': 'off' }, text);
  output.replaceChildren(el('p', {}, done ? `${what}, copied:` : `${what}:`), shownText, button('Close', () => output.replaceChildren()));
  if (!done) getSelection().selectAllChildren(shownText);
}

// The rules of the page that hold the font of drawings, so that a picture has it wherever it is opened.
function fontRules() {
  return [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSFontFaceRule && rule.style.getPropertyValue('font-family').includes('Public Sans'))
    .map((rule) => rule.cssText).join('');
}

// A drawing as a file of its own: light colours instead of the properties of the page, the title above it.
function svgText(record, drawing, title) {
  const own = drawing.cloneNode(true);
  const [, , width, height] = own.getAttribute('viewBox').split(' ').map(Number);
  const head = svg('g', { 'font-family': FONT },
    svg('rect', { x: -16, y: -44, width: width + 32, height: height + 84, fill: 'var(--paper)' }),
    svg('text', { x: 0, y: -18, 'font-size': 15, 'font-weight': 600, fill: 'var(--ink)' }, cut(title, Math.floor(width / 7.6))),
    svg('text', { x: 0, y: height + 26, 'font-size': 11, fill: 'var(--ink2)' }, cut(`${record.series}, version ${record.version}. ${record.rules.note}`, Math.floor(width / 5.4))));
  own.prepend(svg('style', {}, fontRules()), head);
  for (const link of own.querySelectorAll('a')) link.replaceWith(...link.childNodes);
  own.setAttribute('viewBox', `-16 -44 ${width + 32} ${height + 84}`);
  own.setAttribute('width', width + 32);
  own.setAttribute('height', height + 84);
  own.removeAttribute('class');
  own.removeAttribute('aria-hidden');
  own.setAttribute('role', 'img');
  own.setAttribute('aria-label', title);
  const text = new XMLSerializer().serializeToString(own);
  return text.replace(/var\(--([\w-]+)\)/g, (_, role) => record.colours[role][0]);
}

async function pngOf(text) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  await new Promise((resolve, reject) => { image.onload = resolve; image.onerror = reject; image.src = address; });
  const canvas = el('canvas', { width: image.width * 2, height: image.height * 2 });
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((resolve) => { canvas.toBlob(resolve, 'image/png'); });
}

// How a selection is cited: the report and its editions, what was chosen, and by what.
function citationOf(record, selection, rows, tableName = 'trainings') {
  const title = titleOf(record, selection);
  const by = `${record.series}, version ${record.version}, ${record.released}. ${title}.`;
  if (tableName !== 'trainings') return `${record.sources[tableName][0]}. As in ${by}`;
  const editions = [...new Set(Array.from(rows, (row) => record.tables.trainings.value('edition', row)))].sort();
  const which = editions.length > 1 ? `editions ${editions[0]} to ${editions.at(-1)}` : `edition ${editions[0] ?? 'none'}`;
  return `US Departments of State and Defense, ${record.report.name}, ${which}, ${record.report.section}. As in ${by} ${record.rules.note}`;
}
