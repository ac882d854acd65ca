// Names found among the activities that the filters choose: variant spellings as one, with years and people.

// The names of a kind and which of them each place of the list of its group has, with the index of their words.
function namesOf(record, kind) {
  if (record.names[kind]) return record.names[kind];
  const table = record.tables.trainings;
  const { column } = KINDS[kind];
  const group = table.groups[table.groupOf[column]];
  const shown = kind === 'place' ? placeNames(table, record) : group.lists[column];
  const places = new Map();
  const names = [];
  const nameAt = Int32Array.from(shown, (name) => {
    if (name === null) return -1;
    if (!places.has(name)) places.set(name, names.push(name) - 1);
    return places.get(name);
  });
  return (record.names[kind] = { names, nameAt, codes: group.codes, group, index: new Index(names, record.words) });
}

// Places in one spelling where they are recognised, else as printed.
function placeNames(table, record) {
  const { location, place, us_state, location_country } = table.groups.where.lists;
  return location.map((printed, i) => {
    if (place[i] === null) return printed;
    const country = record.countryOf.get(location_country[i]) ?? location_country[i];
    return `${place[i]}, ${us_state[i] ?? country}`;
  });
}

// Returns {groups, rows, groupAt, known} for the words of a selection among rows; null where nothing is asked for.
function found(record, selection, rows) {
  if (!record.words.of(selection.q).length) return null;
  const known = namesOf(record, selection.in);
  const tally = tallyOf(record, known, rows);
  const saying = saidIn(record, selection, known, tally);
  const numbers = variants(known.index, saying.names);
  const groupOf = new Int32Array(known.names.length).fill(-1);
  for (let i = 0; i < numbers.length; i++) groupOf[saying.names[i]] = numbers[i];
  const groupAt = (row) => groupOf[known.nameAt[known.codes[row]]] ?? -1;
  return { groups: grouped(record, tally, known, saying, numbers), rows: tally.rowsOf(saying), groupAt, known };
}

// The names that say what is asked, each with its score everywhere and in rows of the recipient that a query for units names.
function saidIn(record, selection, { names, index }, tally) {
  const { words } = record;
  const everywhere = index.find(selection.q, tally.there);
  const scores = scoresOf(everywhere, names.length);
  const ofCountry = selection.in === 'unit' ? countryNamed(record, selection.q) : null;
  if (!ofCountry) return { names: everywhere.names, scoreOf: (name) => scores[name] };
  const rest = index.find(ofCountry.rest, tally.there, words.says_something);
  const own = scoresOf(rest, names.length);
  const place = tally.keys.indexOf(ofCountry.recipient);
  const scoreOf = (name, recipient) => {
    const all = own[name] ? scores[name] : 0;
    return recipient === place && own[name] >= words.least_score ? Math.max(all, own[name]) : all;
  };
  return { names: rest.names.filter((name) => scores[name] || own[name] >= words.least_score), scoreOf };
}

function scoresOf({ names, scores }, size) {
  const all = new Float64Array(size);
  for (let i = 0; i < names.length; i++) all[names[i]] = scores[i];
  return all;
}

// The recipient that a query names, and what it says beside: the rule of lib/milaid/analysis/named_countries.py.
function countryNamed(record, query) {
  const said = record.words.of(query);
  for (let length = said.length - 1; length > 0; length--) {
    for (let first = 0; first + length <= said.length; first++) {
      const recipient = record.search.countries[said.slice(first, first + length).join(' ')];
      if (recipient) return { recipient, rest: [...said.slice(0, first), ...said.slice(first + length)].join(' ') };
    }
  }
  return null;
}

// The names in rows, kept for the rows that were asked last: a letter more of a word changes none.
function tallyOf(record, known, rows) {
  if (known.tally?.rows !== rows) known.tally = new Tally(record, known, rows);
  return known.tally;
}

// Which rows have a name, and what of them each recipient has: a search then looks at names alone.
class Tally {
  constructor(record, { names, nameAt, codes }, rows) {
    this.rows = rows;
    this.chosen = new Uint8Array(record.tables.trainings.rows);
    const named = rows.filter((row) => nameAt[codes[row]] >= 0);
    this.byName = new Lists(named.map((row) => nameAt[codes[row]]), named, names.length);
    const { starts } = this.byName;
    this.there = Uint8Array.from(names, (_, name) => (starts[name + 1] > starts[name] ? 1 : 0));
    this.count(record);
  }

  // Counts activities, participants and years of each name and recipient: those of a name from `first` of it to that of the next.
  count(record) {
    const table = record.tables.trainings;
    const { quantity } = table.numbers;
    const [people, least, source] = [quantity.values, quantity.least, table.groups.source.codes];
    this.recipientOf = dimension(record, 'country');
    const { codes, at, keys } = this.recipientOf;
    const { starts, values } = this.byName;
    const size = this.there.length;
    this.first = new Int32Array(size + 1);
    Object.assign(this, { recipients: [], activities: [], participants: [], years: [] });
    const placeOf = new Int32Array(keys.length);
    for (let name = 0; name < size; name++) {
      const from = this.recipients.length;
      for (let i = starts[name]; i < starts[name + 1]; i++) {
        const row = values[i];
        const recipient = at[codes[row]];
        let place = placeOf[recipient];
        if (place < from || this.recipients[place] !== recipient) {
          place = placeOf[recipient] = this.recipients.push(recipient) - 1;
          this.activities.push(0); this.participants.push(0); this.years.push(0);
        }
        this.activities[place] += 1;
        this.participants[place] += people[row] ? people[row] - 1 + least : 0;
        this.years[place] |= 1 << (record.yearAt[source[row]] - record.firstYear);
      }
      this.first[name + 1] = this.recipients.length;
    }
    this.keys = keys;
  }

  // The rows of names that say what is asked, in their order.
  rowsOf({ names, scoreOf }) {
    const { chosen } = this;
    const { codes, at } = this.recipientOf;
    let count = 0;
    for (const name of names) {
      for (const row of this.byName.of(name)) if (scoreOf(name, at[codes[row]])) { chosen[row] = 1; count += 1; }
    }
    const rows = new Int32Array(count);
    for (let row = 0, i = 0; i < count; row++) if (chosen[row]) { rows[i++] = row; chosen[row] = 0; }
    return rows;
  }
}

// The groups of names under each recipient, the best first.
function grouped(record, tally, known, { names, scoreOf }, numbers) {
  const hits = new Map();
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    for (let place = tally.first[name]; place < tally.first[name + 1]; place++) {
      const recipient = tally.recipients[place];
      const score = scoreOf(name, recipient);
      if (!score) continue;
      const key = numbers[i] * 1024 + recipient;
      let hit = hits.get(key);
      if (!hit) {
        hit = new Hit(numbers[i], tally.keys[recipient], known.names, record.firstYear);
        hits.set(key, hit);
      }
      hit.add(name, score, tally, place);
    }
  }
  return [...hits.values()].sort((a, b) => b.score - a.score || b.participants - a.participants || compared(a.name, b.name) || compared(a.recipient, b.recipient));
}

// Variant spellings of one name under one recipient: the usual spelling and the others, years, people, activities.
class Hit {
  constructor(group, recipient, names, firstYear) {
    this.group = group;
    this.recipient = recipient;
    this.known = names;
    this.firstYear = firstYear;
    this.score = 0;
    this.participants = 0;
    this.activities = 0;
    this.bits = 0;
    this.spellings = [];
    this.counts = [];
  }

  add(name, score, tally, place) {
    if (score > this.score) this.score = score;
    this.participants += tally.participants[place];
    this.activities += tally.activities[place];
    this.bits |= tally.years[place];
    this.spellings.push(name);
    this.counts.push(tally.activities[place]);
  }

  get name() {
    return this.spellings.length === 1 ? this.known[this.spellings[0]] : this.all[0];
  }

  // The spellings, those of most activities first.
  get all() {
    return (this.sorted ??= this.spellings.map((name, i) => [this.known[name], this.counts[i]])
      .sort((a, b) => b[1] - a[1] || compared(a[0], b[0])).map(([name]) => name));
  }

  get others() {
    return this.all.slice(1);
  }

  get years() {
    return Array.from({ length: 31 }, (_, i) => i).filter((i) => this.bits & (1 << i)).map((i) => this.firstYear + i);
  }
}

// The rows of one hit: those of its spellings and its recipient; [] where it is no longer among them.
function rowsOfHit(record, selection, result) {
  const hit = hitOf(record, selection, result);
  if (!hit) return new Int32Array(0);
  const { recipient } = record.tables.trainings.groups;
  return result.rows.filter((row) =>
    result.groupAt(row) === hit.group && recipient.lists.recipient[recipient.codes[row]] === hit.recipient);
}

function hitOf(record, selection, result) {
  return result && selection.hit && result.groups.find((one) =>
    one.name === selection.hit && record.codeOf.get(one.recipient) === selection.of);
}
