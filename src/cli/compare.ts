import { setImmediate } from 'node:timers/promises';
import { changeText, compareSessions } from '../test-session/compare/compare.ts';
import type { Comparison, Difference } from '../test-session/compare/types.ts';
import { EXIT, parse, usage } from './command.ts';
import { readSession } from './session-files.ts';
import { textTable } from './text-table.ts';

const USAGE = 'Usage: npm run compare -- [--format table|json] [--ignore /path]... BEFORE AFTER';

function options(args: string[]) {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'table' },
      ignore: { type: 'string', multiple: true, default: [] },
    },
  });
  const [before, after, ...more] = positionals;
  if (before === undefined || after === undefined || more.length > 0) throw usage(USAGE);
  const { format, ignore } = values;
  if (format !== 'table' && format !== 'json') throw usage(`--format ${format} is none: give table or json.`);
  return { before, after, format, ignore };
}

/** `npm run compare`: what the second recording has otherwise. Ends with 1 where anything differs. */
export async function compare(args: string[]): Promise<number> {
  const { before, after, format, ignore } = options(args);
  const [one, other] = [await readSession(before), await readSession(after)];
  const comparison = await compareSessions(one.session, other.session, { ignore, pause: () => setImmediate() });
  process.stdout.write(format === 'json' ? `${JSON.stringify(comparison, null, 2)}\n` : table(comparison));
  return comparison.differences.length === 0 ? EXIT.ok : EXIT.failed;
}

function table({ differences, same, counts }: Comparison): string {
  const { added, missing, reordered, changed } = counts;
  const rows = differences.flatMap(rowsOf);
  return `${rows.length === 0 ? '' : textTable([['', 'step', 'record', 'what differs'], ...rows], 120)}${same} the same, ${added} added, ${missing} missing, ${reordered} reordered, ${changed} changed.\n`;
}

function rowsOf(difference: Difference): string[][] {
  const { kind, step, key } = difference;
  const fields = 'fields' in difference ? difference.fields.map(changeText) : [];
  const [first = '', ...more] = fields;
  return [[kind, step, key, first], ...more.map(field => ['', '', '', field])];
}
