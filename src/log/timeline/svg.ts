/** The picture as SVG: paths for the panel, and a whole picture as text for a report, which needs nothing beside it. */

import type { PageLoad } from '../types.ts';
import type { Lanes, Stretch } from './lanes.ts';
import { type Mark, MARKS } from './marks.ts';
import {
  COLUMN,
  type LanePicture,
  type LoadPicture,
  loadsOf,
  pictureOf,
  type Scale,
  sessionsOf,
  type Span,
  ticksOf,
  xOf,
} from './picture.ts';

/** Pixels of a lane, of which its marks have all but the place of its waits at the foot. */
export const LANE = 24;
const FOOT = LANE - 5;

/** How high a mark stands. Marks of one column stand behind each other, so that each differs in height, not only in colour. */
export const HEIGHTS: { readonly [M in Mark]: number } = {
  rest: 3,
  waiting: 6,
  dropped: 9,
  accepted: 13,
  refused: 17,
};

/** The path of the marks in these columns of a lane whose top is at `y`. */
export function marksPath(columns: readonly number[], mark: Mark, y = 0): string {
  return bars(columns, y + FOOT - HEIGHTS[mark], HEIGHTS[mark]);
}

/** The path of dots over columns with forced events. */
export const forcedPath = (columns: readonly number[], y = 0): string => bars(columns, y + 1, 2);

/** A bar for each column, one for those side by side: where there are many, a browser draws few far sooner. */
function bars(columns: readonly number[], top: number, height: number): string {
  let path = '';
  for (let i = 0; i < columns.length;) {
    const first = columns[i] ?? 0;
    let width = 1;
    while (columns[i + width] === first + width) width++;
    const pixels = width * COLUMN - 1;
    path += `M${first * COLUMN} ${top}h${pixels}v${height}h${-pixels}z`;
    i += width;
  }
  return path;
}

/** The path of bars for waits in the queue. */
export function waitsPath(waits: readonly Span[], y = 0): string {
  return waits.map(([start, end]) => `M${round(start)} ${y + FOOT + 1}H${round(end)}v2H${round(start)}z`).join('');
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;

/** What stands in the picture of a report, in its reader's language. */
export interface TimelineWords {
  title: string;
  marks: { [M in Mark]: string };
  waits: string;
  /** For calls that name no stream, instrument or experiment. */
  unnamed: string;
  /** A lane's name as it is to be read; as it is, where absent. */
  lane?(name: string): string;
  session(id: string | null): string;
  /** A time of day, of milliseconds since the epoch. */
  time(at: number): string;
}

export interface TimelineInput {
  /** That have looked at all records. */
  lanes: Lanes;
  loads: readonly PageLoad[];
  words: TimelineWords;
  /** Pixels; 1,000 where absent. */
  width?: number;
  /** All there is, where absent. */
  stretch?: Stretch;
}

const NAMES = 220;
const HEAD = 66;
const LETTERS = 34;

/** Colours come from the page around the picture, such as `--timeline-accepted`; else they are those of the panel. */
const COLOURS: { readonly [name in Mark | 'wait' | 'text' | 'line' | 'load']: string } = {
  rest: '#72777d',
  waiting: '#6a60b0',
  dropped: '#ab7f2a',
  accepted: '#177860',
  refused: '#bf3c2c',
  wait: '#6a60b0',
  text: '#202122',
  line: '#c8ccd1',
  load: '#eaecf0',
};
const colour = (name: keyof typeof COLOURS): string => `var(--timeline-${name}, ${COLOURS[name]})`;

/**
 * Sessions, page loads and records over time: a lane a stream, marks by decision and verdict, waits in the queue as bars.
 * @returns an `<svg>` element as text, in which whatever a page wrote is text; empty where there is nothing to draw
 */
export function timelineSvg({ lanes, loads, words, width = 1_000, stretch }: TimelineInput): string {
  const all = stretch ?? lanes.extent();
  if (!all) return '';
  const scale: Scale = { from: all.from, to: Math.max(all.to, all.from + 1), width: width - NAMES };
  const pictures = lanes.all.map(lane => pictureOf(lane, scale));
  const height = HEAD + pictures.length * LANE + 24;
  const seen = loadsOf(loads, scale);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="11" fill="${colour('text')}">`,
    `<title>${escape(words.title)}</title>`,
    legend(words),
    `<g transform="translate(${NAMES} 24)">`,
    ...sessionsOf(seen).map(({ session, span }) => band(span, 0, words.session(session), colour('line'))),
    ...seen.map(({ load, span }) => band(span, load.frame === 0 ? 14 : 28, nameOf(load), colour('load'))),
    `</g>`,
    ...ticksOf(scale, 120, new Date(scale.from).getTimezoneOffset()).map(at =>
      tick(NAMES + xOf(at, scale), at, height, words),
    ),
    ...pictures.map((picture, index) => laneText(picture, HEAD + index * LANE, width, words)),
    '</svg>',
  ].join('');
}

function legend(words: TimelineWords): string {
  let x = 0;
  return MARKS.toReversed()
    .map(mark => {
      const swatch = `<rect x="${x}" y="${16 - HEIGHTS[mark] / 2}" width="6" height="${HEIGHTS[mark] / 2}" fill="${colour(mark)}"/>`;
      const text = `<text x="${x + 10}" y="16">${escape(words.marks[mark])}</text>`;
      x += 22 + words.marks[mark].length * 6.2;
      return swatch + text;
    })
    .concat(
      `<rect x="${x}" y="12" width="16" height="2" fill="${colour('wait')}"/><text x="${x + 20}" y="16">${escape(words.waits)}</text>`,
    )
    .join('');
}

function band([start, end]: Span, y: number, text: string, fill: string): string {
  const letters = Math.floor((end - start - 6) / 6);
  const label =
    letters < 3 ? '' : `<text x="${round(start + 3)}" y="${y + 10}">${escape(text.slice(0, letters))}</text>`;
  return `<g><title>${escape(text.slice(0, 300))}</title><rect x="${round(start)}" y="${y}" width="${round(Math.max(1, end - start - 1))}" height="13" fill="${fill}"/>${label}</g>`;
}

function tick(x: number, at: number, height: number, words: TimelineWords): string {
  return `<path d="M${round(x)} 24V${height - 16}" stroke="${colour('line')}" stroke-dasharray="1 3"/><text x="${round(x)}" y="${height - 4}" text-anchor="middle">${escape(words.time(at))}</text>`;
}

function laneText(picture: LanePicture, y: number, width: number, words: TimelineWords): string {
  const { lane = (name: string) => name, unnamed } = words;
  const name = picture.name === null ? unnamed : lane(picture.name);
  const shown = name.length > LETTERS ? `${name.slice(0, LETTERS)}…` : name;
  return [
    `<g><title>${escape(name.slice(0, 300))}</title><path d="M0 ${y + FOOT + 4.5}H${width}" stroke="${colour('line')}" stroke-width=".5"/>`,
    `<text x="0" y="${y + FOOT - 2}">${escape(shown)}</text><g transform="translate(${NAMES} 0)">`,
    ...MARKS.toReversed().map(
      mark => `<path d="${marksPath(picture.columns[mark], mark, y)}" fill="${colour(mark)}"/>`,
    ),
    `<path d="${waitsPath(picture.waits, y)}" fill="${colour('wait')}"/></g></g>`,
  ].join('');
}

/** Host and path of a page load's address; the address itself where it is none. */
function nameOf({ url }: LoadPicture['load']): string {
  return URL.canParse(url) ? new URL(url).host + new URL(url).pathname : url;
}

/** What XML does not allow at all, halves of characters among it, and what would turn or hide its surroundings. */
const UNFIT =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text within XML; what is unfit for it becomes a space. */
function escape(text: string): string {
  return text.replace(UNFIT, ' ').replace(/[&<>"']/g, one => `&#${one.charCodeAt(0)};`);
}
