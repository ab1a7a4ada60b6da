/** Reports for a ticket: Markdown, and Remarkup as Phabricator has it. What comes from a page is quoted as code. */

import type { Report } from './report.ts';
import { harmless } from './xml.ts';

interface Markup {
  heading(level: number, text: string): string;
  bold(text: string): string;
  /** Text of others, of which nothing is to be read as markup, a mention or a link. */
  code(text: string): string;
  table(head: string[], rows: string[][]): string;
}

const LONGEST = 200;
const short = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
/** Within backticks neither markup knows an escape. */
const quotable = (text: string) => harmless(short(text)).replace(/`/g, 'ˋ');

const MARKDOWN: Markup = {
  heading: (level, text) => `${'#'.repeat(level)} ${text}\n\n`,
  bold: text => `**${text}**`,
  code: text => (text === '' ? '' : `\`${quotable(text).replace(/\|/g, '\\|')}\``),
  table: (head, rows) =>
    `| ${head.join(' | ')} |\n|${head.map(() => ' --- |').join('')}\n${rows.map(row => `| ${row.join(' | ')} |\n`).join('')}\n`,
};

const REMARKUP: Markup = {
  heading: (level, text) => `${'='.repeat(level + 1)} ${text} ${'='.repeat(level + 1)}\n\n`,
  bold: text => `**${text}**`,
  // A table's cell ends at any bar.
  code: text => (text === '' ? '' : `\`${quotable(text).replace(/\|/g, '¦')}\``),
  table: (head, rows) =>
    `${[head.map(text => `**${text}**`), ...rows].map(row => `| ${row.join(' | ')} |\n`).join('')}\n`,
};

const SIGN = { pass: '✅', fail: '❌', open: '⏳', skipped: '➖' };

function* write(report: Report, { heading, bold, code, table }: Markup): Generator<string> {
  yield heading(1, code(report.title));
  if (report.outcome) {
    const { pass, fail, open, skipped } = report.outcome;
    const rest = [open > 0 ? `${open} open` : '', skipped > 0 ? `${skipped} skipped` : ''].filter(Boolean);
    yield `${bold(fail > 0 ? `${fail} of ${report.results.length} expectations failed` : `${pass} of ${report.results.length} expectations passed`)}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}\n\n`;
  }
  yield table(
    ['', ''],
    report.facts.map(([name, value]) => [name, code(value)]),
  );
  if (report.results.length > 0) {
    yield heading(2, 'Expectations');
    yield table(
      ['', 'Step', 'Expectation', 'What was seen'],
      report.results.map(({ state, step, name, why }) => [
        SIGN[state],
        code(step ?? 'whole session'),
        code(name),
        code(why),
      ]),
    );
  }
  if (report.evidence.size > 0) {
    yield heading(2, 'Records of what failed');
    for (const { name, state, records } of report.results) {
      if (state !== 'fail') continue;
      yield `${code(name)}:\n`;
      for (const id of records) {
        const record = report.evidence.get(id);
        if (record)
          yield `- ${code(`${record.time} ${record.stream ?? ''} ${record.action ?? ''} ${record.decision.state} ${record.verdict.verdict} (${id})`)}\n`;
      }
      yield '\n';
    }
  }
  if (report.notes.length > 0) {
    yield heading(2, 'Steps and notes');
    for (const { time, text } of report.notes) yield `- ${code(time)} ${code(text)}\n`;
    yield '\n';
  }
  yield heading(2, 'Streams');
  yield table(
    ['Stream', 'accepted', 'dropped', 'other', 'not valid'],
    report.streams.map(({ stream, accepted, dropped, other, invalid }) => [
      code(stream),
      ...[accepted, dropped, other, invalid].map(String),
    ]),
  );
  yield heading(2, 'Records');
  yield table(
    ['Time', 'Step', 'Subject', 'Action', 'Decision', 'Delivery', 'Verdict'],
    report.rows.map(row => Object.values(row).map(value => code(String(value)))),
  );
  if (report.omitted > 0) yield `${report.omitted} more records are in the exported file.\n\n`;
  for (const hole of report.holes) yield `- ${hole}\n`;
  if (report.holes.length > 0) yield '\n';
  yield `${report.redaction}\n`;
}

export const markdown = (report: Report): Generator<string> => write(report, MARKDOWN);
export const remarkup = (report: Report): Generator<string> => write(report, REMARKUP);
