import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/log/log.ts';
import { createRows, type Row } from '../../../src/panel/rows.ts';
import { call, envelope, page } from '../log/facts.ts';

function setUp() {
  const log = createLog();
  const rows = createRows();
  const grow = () => {
    rows.grow(log.records, log.loads);
    return rows.all.map(text);
  };
  return { log, rows, grow };
}

function text(row: Row): string {
  if (row.kind === 'record') return row.record.id;
  return row.kind === 'load' ? `load ${row.load.load}` : `hole ${row.hole.from}-${row.hole.to}`;
}

describe('the rows of the events list', () => {
  it('begins each page load with its line, also where it has no calls', () => {
    const { log, grow } = setUp();
    log.ingest(envelope([page(1, 'begin')], { load: 'a' }));
    expect(grow()).toEqual(['load a']);
    log.ingest(envelope([call(2)], { load: 'a' }));
    log.ingest(envelope([page(1, 'begin'), call(2)], { load: 'b' }));
    expect(grow()).toEqual(['load a', 'a/2', 'load b', 'b/2']);
  });

  it('shows what is missing where it is missing', () => {
    const { log, grow } = setUp();
    const hole = { from: 2, to: 9, reason: 'before-devtools' as const };
    log.ingest(envelope([page(1, 'begin'), call(10)], { load: 'a', hole }));
    expect(grow()).toEqual(['load a', 'hole 2-9', 'a/10']);
    log.ingest(envelope([call(11), call(14)], { load: 'a' }));
    expect(grow()).toEqual(['load a', 'hole 2-9', 'a/10', 'a/11', 'hole 12-13', 'a/14']);
  });

  it('takes a hole away when what was missing comes after all', () => {
    const { log, grow } = setUp();
    log.ingest(envelope([page(1, 'begin'), call(3)], { load: 'a' }));
    expect(grow()).toEqual(['load a', 'hole 2-2', 'a/3']);
    log.ingest(envelope([call(2)], { load: 'a' }));
    expect(grow()).toEqual(['load a', 'a/3', 'a/2']);
  });

  it('knows where each record stands', () => {
    const { log, rows, grow } = setUp();
    log.ingest(envelope([page(1, 'begin'), call(2), call(3)], { load: 'a' }));
    grow();
    expect([0, 1, 2].map(rows.position)).toEqual([1, 2, -1]);
  });

  it('keeps calls of frames in the order in which they came', () => {
    const { log, grow } = setUp();
    log.ingest(envelope([page(1, 'begin'), call(2)], { load: 'top' }));
    log.ingest(envelope([page(1, 'begin'), call(2)], { load: 'frame', frame: 4 }));
    log.ingest(envelope([call(3)], { load: 'top' }));
    expect(grow()).toEqual(['load top', 'top/2', 'load frame', 'frame/2', 'top/3']);
  });
});
