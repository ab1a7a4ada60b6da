/** A report as one HTML file that needs nothing else: no script, no font, no image from anywhere. */

import { createLanes } from '../../log/timeline/lanes.ts';
import { timelineSvg, type TimelineWords } from '../../log/timeline/svg.ts';
import type { Report } from './report.ts';
import type { Leaving } from './leaving.ts';
import { harmless } from './xml.ts';

const text = (value: string | number) =>
  harmless(String(value)).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; --text: #202122; --back: #fff; --line: #c8ccd1; --soft: #f8f9fa; --good: #14866d; --bad: #d73333; --dropped: #ac6600; --other: #72777d }
@media (prefers-color-scheme: dark) { :root { --text: #eaecf0; --back: #101418; --line: #54595d; --soft: #1b1f23; --good: #2cb491; --bad: #fd7865; --dropped: #ca982e; --other: #a2a9b1 } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); max-width: 76rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100%; font-size: 13px } th, td { text-align: start; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
th { background: var(--soft) } .wide { overflow-x: auto } .number { text-align: end; font-variant-numeric: tabular-nums }
.outcome { font-size: 1.1rem; font-weight: 600 } .pass, .good { color: var(--good) } .fail, .bad { color: var(--bad) } .open, .dropped { color: var(--dropped) } .skipped, .other { color: var(--other) }
svg { width: 100%; --timeline-accepted: var(--good) }
details { font-size: 13px } pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: .5rem }
`;

const table = (head: string[], rows: (string | { html: string })[][]) =>
  `<div class="wide"><table>${head.length === 0 ? '' : `<thead><tr>${head.map(cell => `<th scope="col">${text(cell)}</th>`).join('')}</tr></thead>`}<tbody>${rows
    .map(
      row => `<tr>${row.map(cell => `<td>${typeof cell === 'string' ? text(cell) : cell.html}</td>`).join('')}</tr>\n`,
    )
    .join('')}</tbody></table></div>\n`;

const WORDS: TimelineWords = {
  title: 'Records by time',
  marks: {
    accepted: 'accepted',
    dropped: 'dropped',
    waiting: 'waiting',
    refused: 'refused by the intake',
    rest: 'other',
  },
  waits: 'in the queue',
  unnamed: 'no stream',
  session: id => (id === null ? 'no session' : `session ${id.slice(0, 8)}`),
  time: at => new Date(at).toISOString().slice(11, 19),
};

const WORD = { pass: '✓ pass', fail: '✗ fail', open: '… open', skipped: '– skipped' };

/** Records between two yields. */
const AT_ONCE = 1_000;

export function* html(report: Report, leaving: Leaving): Generator<string> {
  yield `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width"><title>${text(report.title)}</title><style>${STYLE}</style></head><body>\n`;
  yield `<h1>${text(report.title)}</h1>\n`;
  if (report.outcome) {
    const { pass, fail, open, skipped } = report.outcome;
    yield `<p class="outcome ${fail > 0 ? 'fail' : 'pass'}">${pass} passed, ${fail} failed${open > 0 ? `, ${open} open` : ''}${skipped > 0 ? `, ${skipped} skipped` : ''}</p>\n`;
  }
  yield table(
    [],
    report.facts.map(([name, value]) => [{ html: `<b>${text(name)}</b>` }, value]),
  );
  if (report.results.length > 0) {
    yield '<h2>Expectations</h2>\n';
    yield table(
      ['', 'Step', 'Expectation', 'What was seen'],
      report.results.map(({ state, step, name, why, records: ids }) => [
        { html: `<span class="${state}">${WORD[state]}</span>` },
        step ?? 'whole session',
        name,
        { html: state === 'fail' ? text(why) + evidence(report, ids) : text(why) },
      ]),
    );
  }
  const loads = yield* leaving.loads();
  const lanes = createLanes();
  for (const [index, record] of leaving.recorded.entries()) {
    lanes.look(index, record);
    if (index % AT_ONCE === 0) yield '';
  }
  yield `<h2>Timeline</h2>\n${timelineSvg({ lanes, loads, words: { ...WORDS, lane: leaving.redaction.text } })}\n`;
  if (report.notes.length > 0) {
    yield '<h2>Steps and notes</h2>\n';
    yield table(
      ['Time', ''],
      report.notes.map(note => [note.time, note.text]),
    );
  }
  yield '<h2>Streams</h2>\n';
  yield table(
    ['Stream', 'Accepted', 'Dropped', 'Other', 'Not valid'],
    report.streams.map(({ stream, accepted, dropped, other, invalid }) => [
      stream,
      ...[accepted, dropped, other, invalid].map(count => ({ html: `<span class="number">${count}</span>` })),
    ]),
  );
  yield '<h2>Records</h2>\n';
  yield table(
    ['Time', 'Step', 'Subject', 'Action', 'Decision', 'Delivery', 'Verdict'],
    report.rows.map(row => Object.values(row).map(String)),
  );
  if (report.omitted > 0) yield `<p>${report.omitted} more records are in the exported file.</p>\n`;
  for (const hole of report.holes) yield `<p class="open">${text(hole)}</p>\n`;
  yield `<p>${text(report.redaction)}</p>\n</body></html>\n`;
}

function evidence(report: Report, ids: readonly string[]): string {
  return ids
    .flatMap(id => report.evidence.get(id) ?? [])
    .map(
      record =>
        `<details><summary>${text(`${record.time} ${record.action ?? record.api}`)}</summary><pre>${text(JSON.stringify(record.event, null, 2))}</pre></details>`,
    )
    .join('');
}
