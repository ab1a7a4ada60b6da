import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/log/log.ts';
import { createRows, type Row } from '../../../src/panel/rows.ts';
import { call, envelope, page } from '../log/facts.ts';

function setUp() {
  const log = createLog();
  let hidden: (id: string) => boolean = () => false;
  const rows = createRows(log, () => (hidden === none ? null : index => !hidden(log.records[index]?.id ?? '')));
  const none = hidden;
  const grow = () => {
    rows.grow();
    return Array.from({ length: rows.length }, (_, at) => text(rows.at(at)));
  };
  const hide = (next: (id: string) => boolean) => (hidden = next);
  return { log, rows, grow, hide };
}

function text(row: Row | null): string {
  if (!row) return 'nothing';
  if (row.kind === 'gone') return `gone ${row.count}`;
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

  it('leaves out what is not shown, and page loads and holes of which nothing is', () => {
    const { log, rows, grow, hide } = setUp();
    hide(id => id.startsWith('a/') || id === 'b/3');
    log.ingest(envelope([page(1, 'begin'), call(2)], { load: 'a' }));
    log.ingest(envelope([page(1, 'begin'), call(2), call(3), call(5)], { load: 'b' }));
    expect(grow()).toEqual(['load b', 'b/2', 'hole 4-4', 'b/5']);
    expect([0, 1, 2, 3].map(rows.position)).toEqual([-1, 1, -1, 3]);
  });

  it('lays out again from where something has changed', () => {
    const { log, rows, grow, hide } = setUp();
    log.ingest(envelope([page(1, 'begin'), call(2), call(3)], { load: 'a' }));
    log.ingest(envelope([page(1, 'begin'), call(2), call(5)], { load: 'b' }));
    const all = grow();
    for (let from = 0; from <= 4; from++) {
      rows.cut(from);
      expect(grow()).toEqual(all);
    }
    hide(id => id === 'a/3' || id === 'b/2');
    rows.cut(1);
    expect(grow()).toEqual(['load a', 'a/2', 'load b', 'hole 3-4', 'b/5']);
    hide(id => id === 'a/3');
    rows.cut(2);
    expect(grow()).toEqual(['load a', 'a/2', 'load b', 'b/2', 'hole 3-4', 'b/5']);
  });

  it('says first what the log let go of', () => {
    const { log, rows, grow } = setUp();
    log.ingest(envelope([page(1, 'begin'), ...Array.from({ length: 9 }, (_, at) => call(at + 2))], { load: 'a' }));
    grow();
    log.limit({ records: 5, size: Infinity });
    rows.clear();
    expect(grow().slice(0, 3)).toEqual(['gone 5', 'load a', 'a/7']);
  });
});
