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
  const { nameAt, codes, index } = known;
  const there = namesThere(known, rows);
  const hits = index.find(selection.q, there);
  const numbers = index.variants(hits);
  const groupOf = new Int32Array(known.names.length).fill(-1);
  const scoreOf = new Float64Array(known.names.length);
  hits.forEach((hit, i) => { groupOf[hit.name] = numbers[i]; scoreOf[hit.name] = hit.score; });
  const groupAt = Int32Array.from(nameAt, (name) => (name < 0 ? -1 : groupOf[name]));
  const said = new Int32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (groupAt[codes[rows[i]]] >= 0) said[count++] = rows[i];
  const chosen = said.subarray(0, count);
  return { groups: grouped(record, chosen, known, groupAt, scoreOf), rows: chosen, groupAt, known };
}

// Which names stand in rows, kept for the rows that were asked last.
function namesThere(known, rows) {
  if (known.rows === rows) return known.there;
  const there = new Uint8Array(known.names.length);
  const { nameAt, codes } = known;
  for (let i = 0; i < rows.length; i++) { const name = nameAt[codes[rows[i]]]; if (name >= 0) there[name] = 1; }
  return Object.assign(known, { rows, there }).there;
}

function grouped(record, rows, known, groupAt, scoreOf) {
  const table = record.tables.trainings;
  const whose = dimension(record, 'country');
  const { quantity } = table.numbers;
  const source = table.groups.source.codes;
  const found = new Map();
  const first = record.firstYear;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const code = known.codes[row];
    const recipient = whose.at[whose.codes[row]];
    const key = groupAt[code] * 1024 + recipient;
    let one = found.get(key);
    if (!one) {
      one = { group: groupAt[code], recipient: whose.keys[recipient], score: 0, participants: 0, activities: 0, spellings: new Map(), years: 0 };
      found.set(key, one);
    }
    const name = known.nameAt[code];
    if (scoreOf[name] > one.score) one.score = scoreOf[name];
    one.spellings.set(name, (one.spellings.get(name) || 0) + 1);
    one.activities += 1;
    one.participants += quantity.values[row] ? quantity.values[row] - 1 + quantity.least : 0;
    one.years |= 1 << (record.yearAt[source[row]] - first);
  }
  const all = [...found.values()].map((one) => new Hit(one, known.names, first));
  return all.sort((a, b) => b.score - a.score || b.participants - a.participants || (a.name < b.name ? -1 : 1));
}

// Variant spellings of one name under one recipient: the usual spelling and the others, years, people, activities.
class Hit {
  constructor(one, names, firstYear) {
    this.group = one.group;
    this.recipient = one.recipient;
    this.score = one.score;
    this.participants = one.participants;
    this.activities = one.activities;
    this.spellings = one.spellings;
    this.known = names;
    this.bits = one.years;
    this.firstYear = firstYear;
    this.name = '';
    let most = 0;
    for (const [name, count] of one.spellings) {
      if (count > most || (count === most && names[name] < this.name)) { most = count; this.name = names[name]; }
    }
  }

  // The other spellings, those of most activities first.
  get others() {
    return [...this.spellings].map(([name, count]) => [this.known[name], count])
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name).slice(1);
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
    result.groupAt[result.known.codes[row]] === hit.group && recipient.lists.recipient[recipient.codes[row]] === hit.recipient);
}

function hitOf(record, selection, result) {
  return result && selection.hit && result.groups.find((one) =>
    one.name === selection.hit && record.codeOf.get(one.recipient) === selection.of);
}
