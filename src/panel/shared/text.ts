/** How values are written in the panel. All of them may come from a hostile page: whatever is written here stays text, and stays in place. */

/** C0 and C1 controls, and what reorders or hides text: bidi marks, embeddings, isolates, zero-width and tag characters. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\udb40[\udc00-\udfff]/g;

const SHORT: { [text: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escape = (text: string) =>
  SHORT[text] ?? text.replace(/[^]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** `text` with what cannot be seen written as `\u202e`, at most `limit` UTF-16 units of it. */
export function visible(text: string, limit = 300): string {
  const cut = text.length > limit ? text.slice(0, limit) : text;
  return cut.replace(UNSEEN, escape) + (cut === text ? '' : '…');
}

/** A time of day in the user's zone, `21:17:33.154`. `time`: ISO 8601 or milliseconds since the epoch. */
export function clock(time: string | number): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return '–';
  const two = (part: number) => String(part).padStart(2, '0');
  const milliseconds = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${milliseconds}`;
}

/** A stretch of time for people: `4 ms`, `1.2 s`, `3 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${Math.round(milliseconds / 60_000)} min`;
}

/** A normalised identifier or rate, 0 to 1, in a column: `0.500000`; the full figure belongs into the details. */
export function fraction(value: number): string {
  return value === 0 || value === 1 ? String(value) : value.toFixed(6);
}

/** The sign of a name, one of 12 colours in one of 4 shapes: the same name has the same sign everywhere and always (FNV-1a). */
export function sign(name: string): { colour: number; shape: number } {
  let hash = 0x811c9dc5;
  for (let i = 0; i < Math.min(name.length, 200); i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return { colour: (hash >>> 8) % 12, shape: (hash >>> 28) % 4 };
}

/** A rate in a column: numbers to six digits; anything else as the JSON it is. */
export function rateText(rate: unknown): string {
  return typeof rate === 'number' ? String(Number(rate.toPrecision(6))) : visible(JSON.stringify(rate) ?? '–', 40);
}

/** Path and query of a URL for a narrow place, its origin left out; the URL itself where it is none. */
export function shortUrl(url: string): string {
  try {
    const { host, pathname, search, hash } = new URL(url);
    return host + decodeURI(pathname) + search + hash;
  } catch {
    return url;
  }
}
