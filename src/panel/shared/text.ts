/** How values are written in the panel. All of them may come from a hostile page: whatever is written here stays text, and stays in place. */

import { language, made } from '../i18n.ts';

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

/** `text` with what cannot be seen written as `\u202e`, line ends and tabs aside. */
export const escaped = (text: string): string => text.replace(UNSEEN, found => (SHORT[found] ? found : escape(found)));

/** Prose as it stands in a schema: lines that were broken to fit a width are joined; paragraphs and lists stay. */
export function prose(text: string, limit = 1_000): string {
  const cut = text.slice(0, limit).replace(/(?<=[^\n])\r?\n(?![\s*-])/g, ' ');
  return escaped(cut) + (text.length > limit ? '…' : '');
}

/** A time of day in the user's zone, to the millisecond: `21:17:33.154`. `time`: ISO 8601 or milliseconds since the epoch. */
export function clock(time: string | number): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return '–';
  return made(
    'clock',
    () => new Intl.DateTimeFormat(language(), { ...TIME, second: '2-digit', fractionalSecondDigits: 3 }),
  ).format(at);
}

/** A time of day, `21:17:33`: of milliseconds since the epoch. */
export function second(time: number): string {
  return made('second', () => new Intl.DateTimeFormat(language(), { ...TIME, second: '2-digit' })).format(time);
}

/** A time of day, `21:17`: of milliseconds since the epoch. */
export function hour(time: number): string {
  return made('hour', () => new Intl.DateTimeFormat(language(), TIME)).format(time);
}

const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

/** A stretch of time for people: `4 ms`, `1.2 sec`, `3 min`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return unit('millisecond', Math.round(milliseconds), 0);
  if (milliseconds < 60_000) return unit('second', milliseconds / 1000, 1);
  if (milliseconds < 5_400_000) return unit('minute', milliseconds / 60_000, 0);
  return unit('hour', milliseconds / 3_600_000, 1);
}

function unit(name: string, value: number, digits: number): string {
  const options = { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits } as const;
  return made(name, () => new Intl.NumberFormat(language(), options)).format(value);
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
