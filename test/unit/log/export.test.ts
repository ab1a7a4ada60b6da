import { describe, expect, it } from 'vitest';
import { exportLines } from '../../../src/log/export.ts';
import { createLog } from '../../../src/log/log.ts';
import type { Header } from '../../../src/record/record.ts';
import { call, envelope } from './facts.ts';

const HEADER: Header = {
  type: 'header',
  format: 1,
  time: '2026-11-23T21:17:33.154Z',
  extension: '0.1.0',
  browser: 'Chromium 156',
  wiki: 'testwiki',
  skin: 'vector-2022',
  overrides: [],
};

describe('exportLines', () => {
  it('has the header first, and holes where they belong', () => {
    const log = createLog();
    log.ingest(envelope([call(5), '?'], { hole: { from: 1, to: 4, reason: 'before-devtools' } }));
    log.ingest(envelope([call(2)], { load: 'load2' }));
    const lines = [...exportLines(log, HEADER)].map(line => JSON.parse(line) as { [key: string]: unknown });
    expect(lines[0]).toEqual(HEADER);
    expect(lines.slice(1).map(({ type, id, load, from, to }) => [type, id ?? `${load} ${from}-${to}`])).toEqual([
      ['hole', 'load1 1-4'],
      ['record', 'load1/5'],
      ['hole', 'load2 1-1'],
      ['record', 'load2/2'],
      ['hole', 'load1 6-6'],
    ]);
  });

  it('has one line a value, whatever the text', () => {
    const log = createLog();
    log.ingest(envelope([call(1, { event: { text: 'a\nb\u2028c' } })]));
    for (const line of exportLines(log, HEADER)) expect(line).not.toMatch(/\n/);
  });

  it('leaves the log as it is', () => {
    const log = createLog();
    log.ingest(envelope([call(2)]));
    expect([...exportLines(log, HEADER)]).toEqual([...exportLines(log, HEADER)]);
    expect(log.loads[0]?.holes).toHaveLength(1);
  });
});
