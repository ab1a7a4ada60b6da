import type { Json } from '../../record/record.ts';
import { below } from '../../platform/pointer.ts';

/** So many of a value's members are looked at, and so many found: an event of a page can be of any size. */
const LOOKED_AT = 100_000;
const MOST = 1_000;

/** The JSON Pointers of the members whose name or text has this, whatever its case; top to bottom. */
export function pathsWith(root: Json, text: string): string[] {
  const wanted = text.toLowerCase();
  const found: string[] = [];
  let left = LOOKED_AT;
  const has = (one: string) => one.toLowerCase().includes(wanted);

  function look(value: Json, key: string | null, path: string): void {
    if (left-- <= 0 || found.length >= MOST) return;
    const isBranch = typeof value === 'object' && value !== null;
    if ((key !== null && has(key)) || (!isBranch && has(String(value)))) found.push(path);
    if (!isBranch) return;
    const isList = Array.isArray(value);
    for (const name of Object.keys(value)) {
      const member = isList ? value[Number(name)] : value[name];
      // Places in a list are no names.
      look(member ?? null, isList ? null : name, below(path, name));
    }
  }

  if (wanted !== '') look(root, null, '');
  return found;
}

/** Where a text stands in another, whatever its case: offsets, at most 1,000. */
export function placesOf(text: string, wanted: string): number[] {
  const [inside, word] = [text.toLowerCase(), wanted.toLowerCase()];
  const places: number[] = [];
  // In a few languages lower case is longer: then nothing is marked rather than something else.
  if (word === '' || inside.length !== text.length) return places;
  for (let at = inside.indexOf(word); at >= 0 && places.length < MOST; at = inside.indexOf(word, at + word.length))
    places.push(at);
  return places;
}
