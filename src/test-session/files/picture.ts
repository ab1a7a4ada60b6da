/** The timeline of a session as SVG: a lane a stream, a dot a record, a line where a step began. */

import type { Mark, Record } from '../../record/record.ts';
import { subjectOf } from './report.ts';
import { xml } from './xml.ts';

const WIDTH = 1_000;
const LANE = 26;
const LABEL = 240;
const MOST_LANES = 30;
/** Dots of one lane, place and colour are drawn once. */
const GRAIN = 2;

const toneOf = ({ decision, verdict }: Record): string => {
  if (decision.state === 'dropped') return 'dropped';
  if (decision.state === 'answered' || decision.state === 'waiting') return 'other';
  return ['valid', 'none', 'pending', 'unavailable'].includes(verdict.verdict) ? 'good' : 'bad';
};

/** @returns an `svg` element whose classes `good`, `bad`, `dropped`, `other` are coloured by the document */
export function picture(records: readonly Record[], marks: readonly Mark[]): string {
  const times = [...records.map(({ time }) => time), ...marks.map(({ time }) => time)]
    .map(time => Date.parse(time))
    .filter(time => !Number.isNaN(time));
  const first = times.reduce((least, time) => Math.min(least, time), Infinity);
  const span = Math.max(1, times.reduce((most, time) => Math.max(most, time), 0) - first);
  const x = (time: string) => LABEL + ((Date.parse(time) - first) / span) * (WIDTH - LABEL - 20) + 10;
  const lanes = [...new Set(records.map(subjectOf))].slice(0, MOST_LANES);
  const height = (lanes.length + 1) * LANE + 10;
  const place = new Map(lanes.map((lane, index) => [lane, (index + 1) * LANE + 10]));
  const drawn = new Set<string>();
  const dots = records.flatMap(record => {
    const y = place.get(subjectOf(record));
    const at = x(record.time);
    const tone = toneOf(record);
    const key = `${Math.round(at / GRAIN)} ${y} ${tone}`;
    if (y === undefined || Number.isNaN(at) || drawn.has(key)) return [];
    drawn.add(key);
    return `<circle class="${tone}" cx="${at.toFixed(1)}" cy="${y}" r="4"><title>${xml(`${record.time} ${record.action ?? record.api}`)}</title></circle>`;
  });
  const steps = marks
    .filter(({ what }) => what === 'step')
    .map(
      ({ time, text }) =>
        `<line x1="${x(time).toFixed(1)}" x2="${x(time).toFixed(1)}" y1="0" y2="${height}"/><text class="step" x="${(x(time) + 3).toFixed(1)}" y="12">${xml(text.slice(0, 30))}</text>`,
    );
  const labels = lanes.map(
    (lane, index) => `<text x="0" y="${(index + 1) * LANE + 14}">${xml(lane.slice(0, 36))}</text>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Records by time">${[...steps, ...labels, ...dots].join('')}</svg>`;
}
