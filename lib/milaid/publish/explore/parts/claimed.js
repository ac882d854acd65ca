// A number as people write it, read by the rules of lib/milaid/analysis/claimed_number.py.

// Returns {text, value, within, unit}: how far a value may lie from it that is written so; null for what is no number.
function readClaimed(record, written) {
  const { form, grouped, scales, of_count, units } = record.claim;
  const text = written.trim();
  const match = new RegExp(`^(?:${form})$`, 'iu').exec(text);
  const scaleName = (match?.groups.scale ?? '').toLowerCase();
  if (!match || !Object.hasOwn(scales, scaleName)) return null;
  const { number, before, after, what } = match.groups;
  const digits = new RegExp(`^(?:${grouped})$`, 'u').test(number) ? number.replace(/[^\d.]/g, '') : number.replace(',', '.');
  // The power of ten stands in the text of the number, so that 4.1 million is 4100000 and nothing beside it.
  const power = Math.round(Math.log10(scales[scaleName]));
  const step = Number(`1e${power - (digits.split('.')[1] ?? '').length}`);
  let unit = before || after ? units.dollars : '';
  if (what && !unit) unit = of_count.includes(what.toLowerCase()) ? units.count : units.people;
  return { text, value: Number(`${digits}e${power}`), within: step > 1 || Number(digits) % 1 ? step / 2 : 0, unit };
}
