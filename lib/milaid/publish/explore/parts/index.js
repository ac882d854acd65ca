// The words of many names, made ready to be searched: which names have a word, and which words a name means.

// Whole numbers by keys, in one list: those of key k stand from starts[k] to starts[k + 1].
class Lists {
  constructor(keys, values, size) {
    this.starts = new Int32Array(size + 1);
    for (let i = 0; i < keys.length; i++) this.starts[keys[i] + 1] += 1;
    for (let key = 0; key < size; key++) this.starts[key + 1] += this.starts[key];
    const next = this.starts.slice();
    this.values = new Int32Array(keys.length);
    for (let i = 0; i < keys.length; i++) this.values[next[keys[i]]++] = values[i];
  }

  of(key) {
    return this.values.subarray(this.starts[key], this.starts[key + 1]);
  }
}

// Different texts or sets, each with a number by its first appearance.
class Numbered {
  constructor() {
    this.all = [];
    this.numbers = new Map();
  }

  of(key, value = key) {
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.all.push(value) - 1;
      this.numbers.set(key, number);
    }
    return number;
  }
}

// What each of many names says: its words, and its meaning, which is the set of the kinds of these.
class Meant {
  constructor(names, words) {
    this.words = words;
    this.spellings = new Numbered();
    this.kinds = new Numbered();
    this.meanings = new Numbered();
    this.kindOf = [];
    this.partsOf = [];
    this.meaningOf = new Int32Array(names.length);
    const [said, places] = [[], []];
    const last = [];
    const say = (word, place) => {
      if (last[word] === place) return;
      last[word] = place;
      said.push(word);
      places.push(place);
    };
    for (let place = 0; place < names.length; place++) {
      const meaning = [];
      const mean = (kind) => { if (!meaning.includes(kind)) meaning.push(kind); };
      for (const text of words.of(names[place])) {
        const word = this.take(text);
        say(word, place);
        const parts = this.partsOf[word];
        if (parts) for (const [kind, part] of parts) { mean(kind); say(part, place); }
        else mean(this.kindOf[word]);
      }
      this.meaningOf[place] = this.meaning(meaning);
    }
    this.places = new Lists(said, places, this.spellings.all.length);
  }

  // The number of a word; an acronym is known with its parts, each of which is a word of its own: `=force` of SOF.
  take(text) {
    const known = this.spellings.numbers.get(text);
    if (known !== undefined) return known;
    const word = this.spellings.of(text);
    const acronym = this.words.acronyms[text];
    if (acronym) this.partsOf[word] = acronym.split(' ').map((part) => [this.kinds.of(part), this.spellings.of(`=${part}`)]);
    else this.kindOf[word] = this.kinds.of(this.words.kind(text));
    return word;
  }

  // The number of a set of kinds.
  meaning(kinds) {
    return this.meanings.of(keyOf(kinds), kinds);
  }

  // What stands for a meaning whose words are spelled as is usual: the number of the meaning of these, or their key where no name has it.
  usually(meaning, usual) {
    const kinds = this.meanings.all[meaning];
    let same = true;
    for (const kind of kinds) if (usual[kind] !== kind) same = false;
    if (same) return meaning;
    const key = keyOf([...new Set(kinds.map((kind) => usual[kind]))]);
    return this.meanings.numbers.get(key) ?? key;
  }
}

const LETTERS_OF_A_TEXT = 65536;

// A text for a set of whole numbers, the same in any order: each as one letter, or written out where one is too great for that.
function keyOf(numbers) {
  numbers.sort((a, b) => a - b);
  return numbers.at(-1) < LETTERS_OF_A_TEXT ? String.fromCharCode(...numbers) : `=${numbers.join(' ')}`;
}
