// Variant spellings: names of the same words, slips of the pen apart, are one.

// For each of some names the number of its group.
function variants(index, names) {
  const { meaningOf, kinds } = index.meant;
  const counts = new Int32Array(kinds.all.length);
  for (const name of names) for (const kind of index.meaning(name)) counts[kind] += 1;
  const usual = usualSpelling(index, counts);
  const groupOf = new Map();
  const groups = new Numbered();
  return Int32Array.from(names, (name) => {
    const meaning = meaningOf[name];
    let group = groupOf.get(meaning);
    if (group === undefined) {
      group = groups.of(index.meant.usually(meaning, usual));
      groupOf.set(meaning, group);
    }
    return group;
  });
}

// For each kind of word the most usual of those spelled alike, which may be itself; of equally usual ones the first in the alphabet.
function usualSpelling(index, counts) {
  const { words, likeness } = index;
  const { all } = index.meant.kinds;
  const usual = Int32Array.from(counts, (_, id) => id);
  const ids = [];
  for (let id = 0; id < counts.length; id++) {
    if (counts[id] && all[id].length > words.shortest_misspelt && !isNumber(all[id])) ids.push(id);
  }
  if (ids.length > words.most_compared) return usual;
  ids.sort((a, b) => counts[b] - counts[a] || compared(all[a], all[b]));
  const least = words.least_alike_variants / 100;
  const texts = ids.map((id) => all[id]);
  const letters = Int32Array.from(texts, bitsOf);
  const ofLength = [];
  texts.forEach((text, i) => {
    const { length } = text;
    let taken = false;
    let first = i;
    for (let other = Math.ceil(length * least / (2 - least) - 1e-6); other <= length * (2 - least) / least + 1e-6; other++) {
      const most = lettersApart(length + other, least);
      // Words that may differ in nothing, and words with more other letters, are not compared letter by letter.
      if (most <= 0 || !ofLength[other]) continue;
      for (const j of ofLength[other]) {
        if (j >= first) break;
        if (ones(letters[i] ^ letters[j]) > most) continue;
        if (!taken) { likeness.take(text); taken = true; }
        if (likeness.of(texts[j], least)) first = j;
      }
    }
    usual[ids[i]] = ids[first];
    (ofLength[length] ??= []).push(i);
  });
  return usual;
}

// How many letters two words of a length together may have for themselves: an even number of an even length.
function lettersApart(length, least) {
  const most = Math.floor((1 - least) * length + 1e-6);
  return most - ((most ^ length) & 1);
}

function bitsOf(word) {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}
