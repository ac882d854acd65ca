// Elements of the page, made of data; text is never read as HTML.

const SVG = 'http://www.w3.org/2000/svg';

function made(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false && child !== '' && child !== 0));
  return element;
}

function el(tag, attributes = {}, ...children) {
  return made(document.createElement(tag), attributes, children);
}

function svg(tag, attributes = {}, ...children) {
  return made(document.createElementNS(SVG, tag), attributes, children);
}

// Says a text where it is heard, once: the same again is no news.
function said(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function button(label, onclick, attributes = {}) {
  return el('button', { type: 'button', onclick, ...attributes }, label);
}

function options(entries, chosen) {
  return entries.map(([value, label]) => el('option', { value, selected: value === chosen }, label));
}
