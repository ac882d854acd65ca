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
  for (let place = 0, factor = 1; place < width; place++, factor *= 256) {
    const from = at + place * rows;
    for (let row = 0; row < rows; row++) values[row] += content[from + row] * factor;
  }
  if (!delta) return values;
  const whole = width <= 4 ? new Int32Array(rows) : new Float64Array(rows);
  for (let row = 0, last = 0; row < rows; row++) {
    const step = values[row];
    last += step % 2 ? -(step + 1) / 2 : step / 2;
    whole[row] = last;
  }
  return whole;
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
      this.groups[name] = { codes: columnOf(group, this.rows, content), lists, size: lists[first].length };
      for (const column of [first, ...others]) this.groupOf[column] = name;
    }
    for (const [name, column] of Object.entries(described.numbers)) {
      this.numbers[name] = { values: columnOf(column, this.rows, content), least: column.least };
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
