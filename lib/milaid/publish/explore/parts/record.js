// The record: tables unpacked from the page, as lists of values with places in them and as columns of whole numbers.

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

async function inflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Returns {tables, ...known} of the bytes that packing.py writes.
function unpacked(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const content = bytes.subarray(4 + length);
  const tables = {};
  for (const [name, described] of Object.entries(head.tables)) tables[name] = new Table(described, content);
  return { ...head, tables };
}

function columnOf({ at, width, delta }, rows, content) {
  const Kind = width === 1 ? Uint8Array : width === 2 ? Uint16Array : width <= 4 ? Uint32Array : Float64Array;
  const values = new Kind(rows);
  values.set(content.subarray(at, at + rows));
  for (let place = 1, factor = 256; place < width; place++, factor *= 256) {
    const from = at + place * rows;
    for (let row = 0; row < rows; row++) values[row] += content[from + row] * factor;
  }
  if (!delta) return values;
  if (width > 4) return summed(new Float64Array(rows), values, (step) => (step % 2 ? -(step + 1) / 2 : step / 2));
  return summed(new Int32Array(rows), values, (step) => (step >>> 1) ^ -(step & 1));
}

function summed(whole, steps, signed) {
  for (let row = 0, last = 0; row < whole.length; row++) whole[row] = last += signed(steps[row]);
  return whole;
}

// A column that is made ready when it is first asked for: what opens the page needs a few of them.
class Column {
  constructor(described, rows, content) {
    this.read = () => columnOf(described, rows, content);
  }

  get values() {
    if (this.read) {
      this.known = this.read();
      this.read = null;
    }
    return this.known;
  }
}

// A column of whole numbers; 0 stands for none.
class Numbers extends Column {
  constructor(described, rows, content) {
    super(described, rows, content);
    this.least = described.least;
  }
}

// Columns whose values together are one place in lists.
class Group extends Column {
  constructor(described, rows, content) {
    super(described, rows, content);
    this.lists = described.lists;
    this.size = Object.values(described.lists)[0].length;
  }

  get codes() {
    return this.values;
  }
}

class Table {
  constructor(described, content) {
    this.rows = described.rows;
    this.groups = {};
    this.numbers = {};
    this.groupOf = {};
    for (const [name, group] of Object.entries(described.groups)) {
      const lists = group.lists;
      const [first, ...others] = Object.keys(lists);
      for (const other of others) {
        const list = lists[other];
        for (let i = 0; i < list.length; i++) if (list[i] === 0) list[i] = lists[first][i];
      }
      this.groups[name] = new Group(group, this.rows, content);
      for (const column of [first, ...others]) this.groupOf[column] = name;
    }
    for (const [name, column] of Object.entries(described.numbers)) {
      this.numbers[name] = new Numbers(column, this.rows, content);
    }
  }

  // The value of a column in a row; null for none.
  value(column, row) {
    const group = this.groups[this.groupOf[column]];
    if (group) return group.lists[column][group.codes[row]];
    const { values, least } = this.numbers[column];
    return values[row] ? values[row] - 1 + least : null;
  }

  // What a column has at each place of the list of its group.
  list(column) {
    return this.groups[this.groupOf[column]].lists[column];
  }
}
