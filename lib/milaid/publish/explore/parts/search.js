// Finding names that documents spell in many ways: the rules of lib/milaid/analysis/name_search.py, word for word.

const NEAR_ACRONYM = 0.97;
const NEAR_BEGINNING = 0.9;
const WORDS_KEPT = 64;

class Index {
  // Takes different names and the words that mean the same.
  constructor(names, words) {
    this.words = words;
    this.likeness = new Likeness();
    this.meant = new Meant(names, words);
    this.size = names.length;
    this.byKind = new Map();
    this.spelled = [];
    this.damaged = [];
    for (const word of this.meant.spellings.all) {
      if (word.startsWith('=')) continue;
      const kind = words.kind(word);
      if (!this.byKind.has(kind)) this.byKind.set(kind, []);
      this.byKind.get(kind).push(word);
      if (word.length >= words.shortest_misspelt && !isNumber(word)) this.spelled.push(word);
      if (word.includes(LOST)) this.damaged.push([word, damagedForm(word)]);
    }
    this.fit = new Float64Array(names.length);
    this.said = new Map();
  }

  // Returns {names, scores} of the names that say enough of a query, the best first; `there` marks the names that count.
  find(query, there, least = this.words.least_score) {
    const { words } = this;
    const asked = [...new Set(words.of(query))];
    let size = 0;
    for (let i = 0; i < there.length; i++) size += there[i];
    const said = asked.map((word) => this.saying(word));
    const known = said.map(({ names, fits }) => countedThere(names, fits, there));
    const any = known.map(({ some }) => some);
    if (!size || !any.includes(true)) return { names: new Int32Array(0), scores: new Float64Array(0) };
    let weights = known.map(({ surely }) => Math.log1p(size / (1 + surely)));
    const least_said = Math.min(...weights.filter((_, i) => any[i]));
    weights = weights.map((weight, i) => any[i] || isNumber(asked[i]) ? weight : least_said * words.weight_unsaid);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const score = new Float64Array(this.size);
    said.forEach(({ names, fits }, i) => {
      for (let k = 0; k < names.length; k++) score[names[k]] += fits[k] * weights[i];
    });
    const byScore = [[], []];
    for (let name = 0; name < score.length; name++) {
      if (!score[name] || !there[name]) continue;
      const part = score[name] / sum * 100;
      if (part < least) continue;
      const extra = Math.max(this.meaning(name).length - asked.length, 0);
      const last = tenth(part * (1 - words.penalty_else * extra / (extra + asked.length)));
      if (last >= least) { byScore[0].push(1000 - Math.round(last * 10)); byScore[1].push(name); }
    }
    const { values: names } = new Lists(...byScore, 1001);
    for (let i = 0; i < names.length; i++) score[byScore[1][i]] = (1000 - byScore[0][i]) / 10;
    return { names, scores: Float64Array.from(names, (name) => score[name]) };
  }

  // The kinds of words that a name means.
  meaning(name) {
    return this.meant.meanings.all[this.meant.meaningOf[name]];
  }

  // The names that say a word and how well each does, from 0 to 1; kept, since the next letter changes one word alone.
  saying(word) {
    let said = this.said.get(word);
    if (!said) {
      if (this.said.size >= WORDS_KEPT) this.said.clear();
      said = this.whoSay(word);
      this.said.set(word, said);
    }
    return said;
  }

  whoSay(word) {
    const { fit } = this;
    const { spellings, places } = this.meant;
    const names = [];
    const take = (name, alike) => {
      if (fit[name] >= alike) return;
      if (!fit[name]) names.push(name);
      fit[name] = alike;
    };
    const parts = (this.words.acronyms[word] || '').split(' ').filter(Boolean);
    const spelled = parts.length ? parts.map((part) => this.saying(part)).reduce((one, other) => this.both(one, other)) : null;
    for (const [near, alike] of this.near(word)) {
      for (const name of places.of(spellings.numbers.get(near))) take(name, alike);
    }
    if (spelled) for (let k = 0; k < spelled.names.length; k++) take(spelled.names[k], spelled.fits[k]);
    const said = { names: Int32Array.from(names), fits: Float64Array.from(names, (name) => fit[name]) };
    for (const name of names) fit[name] = 0;
    return said;
  }

  // The names that say two words, by the worse of their fits.
  both(one, other) {
    const { fit } = this;
    one.names.forEach((name, k) => { fit[name] = one.fits[k]; });
    const worse = other.fits.map((alike, k) => Math.min(alike, fit[other.names[k]]));
    for (const name of one.names) fit[name] = 0;
    return { names: other.names.filter((_, k) => worse[k]), fits: worse.filter(Boolean) };
  }

  // The words of names that mean a word or are spelled like it, with how alike they are.
  near(word) {
    const { words, likeness } = this;
    const kind = this.kind(word);
    const found = (this.byKind.get(kind) || []).map((same) => [same, 1]);
    if (this.meant.spellings.numbers.has(`=${kind}`)) found.push([`=${kind}`, NEAR_ACRONYM]);
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
}

// How many of the names that count say a word itself or what means the same, and whether any says it at all.
function countedThere(names, fits, there) {
  let surely = 0;
  let some = false;
  for (let k = 0; k < names.length; k++) {
    if (!there[names[k]]) continue;
    some = true;
    if (fits[k] >= 0.999) surely += 1;
  }
  return { surely, some };
}

// To one decimal as numpy rounds: halves to the even digit.
function tenth(value) {
  const scaled = value * 10;
  const below = Math.floor(scaled);
  const rest = scaled - below;
  return (rest > 0.5 || (rest === 0.5 && below % 2) ? below + 1 : below) / 10;
}
