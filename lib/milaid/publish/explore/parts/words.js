// Words of names, as lib/milaid/analysis/name_search.py reads them.

const LOST = '\uFFFD';
const LETTERS = { ø: 'o', ł: 'l', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe', ß: 'ss' };
const WORD = /\p{Nd}+|[\p{L}\p{Nl}\p{No}]+(?:\uFFFD[\p{L}\p{Nl}\p{No}]*)*|\uFFFD[\p{L}\p{Nl}\p{No}]+/gu;
const ORDINAL = /(?<=\p{Nd})(?:st|nd|rd|th|d|er|eme|e|o|a)(?![\p{L}\p{N}_])/gu;
const POSSESSIVE = /['’`](?:s(?![\p{L}\p{N}_])|(?=[\p{L}\p{N}_]))/gu;
const IS_ASCII = /^[\x00-\x7f]*$/;
const ENDINGS = new Set(['st', 'nd', 'rd', 'th', 'd', 'er', 'eme', 'e', 'o', 'a']);

class Words {
  constructor(given) {
    Object.assign(this, given);
    this.leftOut = new Set(given.left_out);
    this.longestLeftOut = Math.max(...given.left_out.map((word) => word.length));
    this.classOf = new Map(given.classes.flatMap((words) => words.map((word) => [word, words[0]])));
  }

  // The words of a name in small letters without accents, its numbers without endings.
  of(text) {
    let plain = text.toLowerCase();
    let found;
    if (IS_ASCII.test(plain)) {
      found = asciiWords(plain.includes("'") ? plain.replace(POSSESSIVE, '') : plain);
    } else {
      plain = plain.replace(/[øłđıæœß]/g, (letter) => LETTERS[letter]);
      plain = plain.normalize('NFKD').replace(/\p{Mn}/gu, '');
      if (plain.includes("'") || plain.includes('’')) plain = plain.replace(POSSESSIVE, '');
      found = (plain.replace(ORDINAL, '').match(WORD) || []).map((word) => (isNumber(word) ? word.replace(/^0+(?=.)/, '') : word));
    }
    const kept = found.filter((word) => word.length > this.longestLeftOut || !this.leftOut.has(word));
    return kept.length ? kept : found;
  }

  // What stands for a word and all that mean the same.
  kind(word) {
    const known = this.classOf.get(word);
    if (known !== undefined) return known;
    const plural = word.length > this.shortest_misspelt && word.endsWith('s') && !word.endsWith('ss');
    const single = plural ? word.slice(0, -1) : word;
    return this.classOf.get(single) ?? single;
  }
}

// What WORD finds after ORDINAL in a text of small letters in ASCII, letter by letter: nearly all names are such.
function asciiWords(plain) {
  const found = [];
  let i = 0;
  while (i < plain.length) {
    const first = i;
    if (isLetter(plain.charCodeAt(i))) {
      do i++; while (isLetter(plain.charCodeAt(i)));
      const word = plain.slice(first, i);
      const next = plain.charCodeAt(i);
      const ends = first > 0 && isDigit(plain.charCodeAt(first - 1)) && !isDigit(next) && next !== UNDERSCORE && ENDINGS.has(word);
      if (!ends) found.push(word);
    } else if (isDigit(plain.charCodeAt(i))) {
      do i++; while (isDigit(plain.charCodeAt(i)));
      let from = first;
      while (from < i - 1 && plain.charCodeAt(from) === ZERO) from++;
      found.push(plain.slice(from, i));
    } else i++;
  }
  return found;
}

const [ZERO, UNDERSCORE] = [48, 95];
const isLetter = (code) => code >= 97 && code <= 122;
const isDigit = (code) => code >= ZERO && code <= 57;

function isNumber(word) {
  const first = word.charCodeAt(0);
  return (first >= 48 && first <= 57) || (first > 127 && /^\p{Nd}/u.test(word));
}

// Which words one with a lost letter may be.
function damagedForm(word) {
  const parts = word.split(/\uFFFDh?/).map((part) => part.replace(/[^\p{L}\p{N}]/gu, '\\$&'));
  return new RegExp(`^(?:${parts.join('.{0,2}')})$`, 'u');
}

// Compares one word with many: how alike they are from 0 to 1, by letters that both have in the same order.
class Likeness {
  constructor() {
    this.masks = new Int32Array(65536);
  }

  take(word) {
    for (let i = 0; i < (this.word || '').length; i++) this.masks[this.word.charCodeAt(i)] = 0;
    this.word = word;
    if (word.length <= 32) for (let i = 0; i < word.length; i++) this.masks[word.charCodeAt(i)] |= 1 << i;
  }

  // Returns the likeness where it is at least as great as asked, else 0.
  of(other, least) {
    const { word, masks } = this;
    const sum = word.length + other.length;
    if (2 * Math.min(word.length, other.length) < least * sum - 1e-9) return 0;
    let common = 0;
    if (word.length <= 32) {
      let open = -1;
      for (let i = 0; i < other.length; i++) {
        const there = open & masks[other.charCodeAt(i)];
        open = (open + there) | (open - there);
      }
      const inWord = word.length === 32 ? ~open : ~open & ((1 << word.length) - 1);
      common = ones(inWord);
    } else {
      common = longest(word, other);
    }
    const likeness = 1 - (sum - 2 * common) / sum;
    return likeness >= least - 1e-9 ? likeness : 0;
  }
}

function ones(bits) {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function longest(one, other) {
  let row = new Uint16Array(other.length + 1);
  for (let i = 0; i < one.length; i++) {
    const next = new Uint16Array(other.length + 1);
    for (let j = 0; j < other.length; j++) {
      next[j + 1] = one[i] === other[j] ? row[j] + 1 : Math.max(row[j + 1], next[j]);
    }
    row = next;
  }
  return row[other.length];
}
