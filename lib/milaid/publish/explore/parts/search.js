// Finding names that documents spell in many ways: the rules of lib/milaid/analysis/name_search.py, word for word.

const NEAR_ACRONYM = 0.97;
const NEAR_BEGINNING = 0.9;

class Index {
  // Takes different names and the words that mean the same.
  constructor(names, words) {
    this.names = names;
    this.words = words;
    this.likeness = new Likeness();
    this.places = new Map();
    this.meanings = [];
    this.byKind = new Map();
    const kinds = new Map();
    const ids = new Map();
    this.kinds = [];
    const idOf = (kind) => {
      let id = ids.get(kind);
      if (id === undefined) { id = this.kinds.push(kind) - 1; ids.set(kind, id); }
      return id;
    };
    const add = (word, place) => {
      const list = this.places.get(word);
      if (!list) this.places.set(word, [place]);
      else if (list[list.length - 1] !== place) list.push(place);
    };
    names.forEach((name, place) => {
      const meaning = new Set();
      for (const word of words.of(name)) {
        if (!kinds.has(word)) kinds.set(word, words.kind(word));
        add(word, place);
        const acronym = words.acronyms[word];
        if (acronym) {
          for (const part of acronym.split(' ')) { meaning.add(idOf(part)); add(`=${part}`, place); }
        } else meaning.add(idOf(kinds.get(word)));
      }
      this.meanings.push(Uint32Array.from(meaning));
    });
    for (const [word, kind] of kinds) {
      if (!this.byKind.has(kind)) this.byKind.set(kind, []);
      this.byKind.get(kind).push(word);
    }
    this.spelled = [...kinds.keys()].filter((word) => word.length >= words.shortest_misspelt && !isNumber(word));
    this.damaged = [...kinds.keys()].filter((word) => word.includes(LOST)).map((word) => [word, damagedForm(word)]);
  }

  // Returns [{name, score}] of the names that say enough of a query, the best first; `there` marks the names that count.
  find(query, there, least = this.words.least_score) {
    const { words } = this;
    const asked = [...new Set(words.of(query))];
    let size = 0;
    for (let i = 0; i < there.length; i++) size += there[i];
    if (!asked.length || !size) return [];
    const fits = asked.map((word) => this.fits(word, there));
    const all = fits.map((each) => { let count = 0; for (let i = 0; i < each.length; i++) count += each[i] >= 0.999 ? 1 : 0; return count; });
    const any = fits.map((each) => { for (let i = 0; i < each.length; i++) if (each[i] > 0) return true; return false; });
    let weights = all.map((count) => Math.log1p(size / (1 + count)));
    const said = weights.filter((_, i) => any[i]);
    if (!said.length) return [];
    const least_said = Math.min(...said);
    weights = weights.map((weight, i) => any[i] || isNumber(asked[i]) ? weight : least_said * words.weight_unsaid);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const found = [];
    for (let name = 0; name < there.length; name++) {
      if (!there[name]) continue;
      let score = 0;
      for (let i = 0; i < asked.length; i++) score += fits[i][name] * weights[i];
      score = score / sum * 100;
      if (score < least) continue;
      const extra = Math.max(this.meanings[name].length - asked.length, 0);
      const last = tenth(score * (1 - words.penalty_else * extra / (extra + asked.length)));
      if (last >= least) found.push({ name, score: last });
    }
    return found.sort((a, b) => b.score - a.score || a.name - b.name);
  }

  // For each name how well it says a word, from 0 to 1.
  fits(word, there) {
    const fits = new Float64Array(this.names.length);
    for (const [near, alike] of this.near(word)) {
      for (const place of this.places.get(near) || []) if (there[place] && fits[place] < alike) fits[place] = alike;
    }
    const parts = (this.words.acronyms[word] || '').split(' ').filter(Boolean);
    if (parts.length) {
      const spelled = parts.map((part) => this.fits(part, there));
      for (let i = 0; i < fits.length; i++) {
        const least = Math.min(...spelled.map((each) => each[i]));
        if (fits[i] < least) fits[i] = least;
      }
    }
    return fits;
  }

  // The words of names that mean a word or are spelled like it, with how alike they are.
  near(word) {
    const { words, likeness } = this;
    const kind = this.kind(word);
    const found = (this.byKind.get(kind) || []).map((same) => [same, 1]);
    if (this.places.has(`=${kind}`)) found.push([`=${kind}`, NEAR_ACRONYM]);
    if (word.length < words.shortest_misspelt || isNumber(word)) return found;
    const least = words.least_alike / 100;
    for (const spelling of new Set([word, kind])) {
      likeness.take(spelling);
      for (const near of this.spelled) {
        const alike = likeness.of(near, least);
        if (alike) found.push([near, alike]);
      }
    }
    for (const near of this.spelled) if (near.startsWith(word)) found.push([near, NEAR_BEGINNING]);
    for (const [near, form] of this.damaged) if (form.test(word)) found.push([near, words.fits_damaged]);
    return found;
  }

  kind(word) {
    const { words, likeness } = this;
    const kind = words.kind(word);
    if (kind !== word || word.length <= words.shortest_misspelt || isNumber(word)) return kind;
    let best = 0;
    let nearest = kind;
    likeness.take(word);
    for (const known of words.classOf.keys()) {
      const alike = likeness.of(known, (words.least_alike + 5) / 100);
      if (alike > best + 1e-9) { best = alike; nearest = words.classOf.get(known); }
    }
    return nearest;
  }

  // For each hit the number of its group: names of the same words, slips of the pen apart, are one.
  variants(hits) {
    const counts = new Map();
    for (const { name } of hits) for (const id of this.meanings[name]) counts.set(id, (counts.get(id) || 0) + 1);
    const usual = this.usualSpelling(counts);
    const groups = new Map();
    return hits.map(({ name }) => {
      const ids = new Set();
      for (const id of this.meanings[name]) ids.add(usual.get(id) ?? id);
      const key = [...ids].sort((a, b) => a - b).join(' ');
      if (!groups.has(key)) groups.set(key, groups.size);
      return groups.get(key);
    });
  }

  // The most usual of words spelled alike, for each that is not so itself.
  usualSpelling(counts) {
    const { words, likeness } = this;
    const usual = new Map();
    const ids = [...counts.keys()].filter((id) =>
      this.kinds[id].length > words.shortest_misspelt && !isNumber(this.kinds[id]));
    if (ids.length > words.most_compared) return usual;
    ids.sort((a, b) => counts.get(b) - counts.get(a));
    const least = words.least_alike_variants / 100;
    const texts = ids.map((id) => this.kinds[id]);
    const letters = Int32Array.from(texts, bitsOf);
    const ofLength = [];
    texts.forEach((text, i) => {
      const { length } = text;
      let taken = false;
      let first = i;
      // Words of other lengths, or with more other letters, cannot be alike enough, and are not compared letter by letter.
      for (let other = Math.ceil(length * least / (2 - least) - 1e-6); other <= length * (2 - least) / least + 1e-6; other++) {
        const most = (1 - least) * (length + other) + 1e-6;
        for (const j of ofLength[other] || []) {
          if (j >= first) break;
          if (ones(letters[i] ^ letters[j]) > most) continue;
          if (!taken) { likeness.take(text); taken = true; }
          if (likeness.of(texts[j], least)) first = j;
        }
      }
      if (first < i) usual.set(ids[i], ids[first]);
      (ofLength[length] ??= []).push(i);
    });
    return usual;
  }
}

function bitsOf(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

// To one decimal as numpy rounds: halves to the even digit.
function tenth(value) {
  const scaled = value * 10;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  return (rest > 0.5 || (rest === 0.5 && below % 2) ? below + 1 : below) / 10;
}
