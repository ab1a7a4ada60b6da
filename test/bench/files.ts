/**
 * A session of 100,000 records: exported in each format, read back, compared, judged. `npm run bench -- files` in Node,
 * with `--browser chromium|firefox` in the real panel by its own controls; there with `--large` a file of 200 MB instead.
 */

import { parseArgs } from 'node:util';
import { browserName } from '../../src/cli/command.ts';
import { compareSessions } from '../../src/test-session/compare/compare.ts';
import { exportSession, type Format, FORMATS } from '../../src/test-session/files/export.ts';
import { importFile } from '../../src/test-session/files/import.ts';
import { judgeSession } from '../../src/test-session/judge/session.ts';
import { redactionOf } from '../../src/test-session/files/redact.ts';
import { planOf } from '../../src/test-session/from-recording.ts';
import { finish } from '../../src/test-session/slices.ts';
import { COUNT, sessionOf } from './files-subject.ts';
import { type Measure, measured, writeResults } from './results.ts';

const BUDGET = 10;

async function timed<T>(measures: Measure[], what: string, work: () => T | Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  measures.push(measured(what, (performance.now() - began) / 1_000, 's', BUDGET));
  return result;
}

async function measureNode(): Promise<void> {
  const measures: Measure[] = [];
  const session = sessionOf(0);
  const other = sessionOf(1);
  const plan = planOf(session, session.records.slice(0, 100));
  const results = await timed(measures, 'judge', () => judgeSession(plan, session));

  /** In pieces, as they would go to a file: what is measured is not how one text of 200 MB is made. */
  const files = new Map<Format, Uint8Array[]>();
  const encoder = new TextEncoder();
  for (const format of Object.keys(FORMATS) as Format[]) {
    const pieces: Uint8Array[] = [];
    const isRead = format === 'ndjson' || format === 'events';
    await timed(measures, `export ${format}, redacted`, () => {
      const redaction = finish(redactionOf(session));
      for (const text of exportSession(session, format, { redaction, results })) {
        const piece = encoder.encode(text);
        if (isRead) pieces.push(piece);
      }
    });
    if (isRead) files.set(format, pieces);
  }
  for (const [format, pieces] of files) {
    const size = pieces.reduce((sum, { length }) => sum + length, 0);
    let next = 0;
    const bytes = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces[next++];
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    });
    let longest = 0;
    let since = performance.now();
    const imported = await timed(measures, `import ${format}, ${Math.round(size / 1e6)} MB`, () =>
      importFile(bytes, {
        name: format,
        async pause() {
          longest = Math.max(longest, performance.now() - since);
          await new Promise(resolve => setImmediate(resolve));
          since = performance.now();
        },
      }),
    );
    if (imported.session.records.length !== COUNT)
      throw new Error(`${imported.session.records.length} records came back`);
    measures.push(measured(`longest piece of import ${format}`, longest, 'ms'));
  }
  await timed(measures, 'compare', () => compareSessions(session, other));
  writeResults('files', 'node', `Node.js ${process.versions.node}`, measures);
}

const { values } = parseArgs({ options: { browser: { type: 'string' }, large: { type: 'boolean', default: false } } });
if (values.browser === undefined) await measureNode();
else await (await import('./files-panel.ts')).measurePanel(browserName(values.browser), values.large);
