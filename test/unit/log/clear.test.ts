import { describe, expect, it } from 'vitest';
import { createBook } from '../../../src/log/book.ts';
import { createDeliveries } from '../../../src/log/deliver.ts';
import { createLoad } from '../../../src/log/load.ts';
import { createLog } from '../../../src/log/log.ts';
import { recordOfCall } from '../../../src/log/records.ts';
import { AT, call, context, envelope, page, PAGEVIEW, send, SESSION } from './facts.ts';
import { logOf, record, VALID } from './logs.ts';

describe('clear', () => {
  it('empties the log, and takes up where it was', () => {
    const log = logOf(page(1, 'begin'), call(2), call(3));
    log.ingest(envelope([page(1, 'begin', { at: AT + 5 }), page(2, 'hide')], { load: 'gone', frame: 7 }));
    log.drain();
    log.clear();
    expect(log.records).toEqual([]);
    expect(log.pending()).toEqual([]);
    expect(log.loads.map(({ load, records }) => [load, records])).toEqual([['load1', 0]]);
    expect(log.sessions()).toMatchObject([{ session: SESSION, records: 0 }]);
    expect(log.drain()).toEqual({ added: 0, changed: [], moved: Int32Array.of(-1, -1), loads: true });
    expect(log.ingest(envelope([call(3), send(4, [2]), call(5)]))).toBe(5);
    expect(log.records.map(({ id }) => id)).toEqual(['load1/5']);
    expect(record(log).delivery.state).toBe('queued');
  });

  it('is undone: what is back has learned what became of it', () => {
    const hole = { from: 2, to: 3, reason: 'before-devtools' as const };
    const log = createLog();
    log.ingest(envelope([page(1, 'begin'), call(4), call(5)], { hole }));
    log.verdict(0, VALID);
    log.clear();
    expect(log.loads[0]?.holes).toEqual([]);
    log.ingest(envelope([call(6), send(7, [4, 6])]));
    expect(log.drain()).toMatchObject({ added: 1, changed: [] });
    log.unclear();
    expect(log.records.map(({ id, delivery }) => [id, delivery.state])).toEqual([
      ['load1/4', 'sent'],
      ['load1/5', 'queued'],
      ['load1/6', 'sent'],
    ]);
    expect(log.drain()).toEqual({ added: 3, changed: [], moved: Int32Array.of(-1), loads: true });
    expect(log.loads).toMatchObject([{ records: 3, holes: [{ from: 2, to: 3 }] }]);
    expect(log.sessions()).toMatchObject([{ session: SESSION, records: 3 }]);
    expect(log.pending()).toEqual([1, 2]);
    log.ingest(envelope([send(8, [5])]));
    expect(record(log, 1).delivery.state).toBe('sent');
    expect(log.drain()).toMatchObject({ changed: [1] });
  });

  it('leaves nothing behind with a page that goes on', () => {
    const book = createBook(() => undefined);
    const load = createLoad(
      envelope([]),
      createDeliveries(() => null),
    );
    const early = call(2);
    delete early.pageview;
    book.add(load, recordOfCall(load, early));
    expect(load.unidentified.size).toBe(1);
    for (let i = 0; i < 2; i++) book.clear();
    expect(load.unidentified.size).toBe(0);
  });

  it('is undone once, and only the last', () => {
    const log = logOf(page(1, 'begin'), call(2));
    log.unclear();
    log.clear();
    log.ingest(envelope([call(3)]));
    log.clear();
    for (let i = 0; i < 2; i++) log.unclear();
    expect(log.records.map(({ id }) => id)).toEqual(['load1/3']);
    log.ingest(envelope([send(4, [2])]));
    expect(log.records).toHaveLength(1);
  });
});

describe('page loads that are over', () => {
  it('change nothing of what others do later', () => {
    const early = () => {
      const fact = call(2);
      delete fact.pageview;
      return fact;
    };
    const log = logOf(page(1, 'begin'), early(), page(3, 'hide'));
    log.dropEnded();
    log.ingest(envelope([page(1, 'begin'), early()], { load: 'other', frame: 3 }));
    log.ingest(envelope([page(4, 'show'), context(5, { pageview: PAGEVIEW })]));
    expect(record(log).pageview).toBeNull();
  });
});

describe('a limit', () => {
  const limited = (records: number) => {
    const log = createLog();
    log.limit({ records, size: Infinity });
    return log;
  };
  const calls = (load: string, from: number, to: number) =>
    envelope(
      [
        ...(from === 2 ? [page(1, 'begin', { at: AT + load.charCodeAt(0) * 100 })] : []),
        ...range(from, to).map(seq => call(seq)),
      ],
      { load },
    );
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  it('takes the oldest page loads as a whole, and says how much', () => {
    const log = limited(20);
    log.ingest(calls('a', 2, 6));
    log.ingest(calls('b', 2, 6));
    log.ingest(calls('c', 2, 6));
    log.drain();
    log.verdict(10, VALID);
    log.ingest(calls('d', 2, 7));
    expect(log.loads.map(({ load, records }) => [load, records])).toEqual([
      ['b', 5],
      ['c', 5],
      ['d', 6],
    ]);
    expect(log.gone).toBe(5);
    expect(log.drain()).toEqual({
      added: 6,
      changed: expect.arrayContaining([5]),
      moved: Int32Array.from({ length: 15 }, (_, at) => at - 5).map(at => Math.max(at, -1)),
      loads: true,
    });
    expect(log.sessions()).toMatchObject([{ records: 16 }]);
    expect(log.pending()).toEqual(range(0, 15).filter(index => index !== 5));
  });

  it('takes the oldest records of the page load that is there, and the rest is found as before', () => {
    const log = limited(10);
    log.ingest(calls('a', 2, 13));
    expect(log.records.map(({ id }) => id)).toEqual(range(5, 13).map(seq => `a/${seq}`));
    log.ingest(envelope([send(14, [5, 2])], { load: 'a' }));
    expect(record(log).delivery.state).toBe('sent');
    expect(log.records.map(({ id }) => id)).toHaveLength(9);
    expect(log.gone).toBe(3);
    expect(log.loads[0]?.size).toBeGreaterThan(0);
  });

  it('is of sizes, too', () => {
    const log = createLog();
    const text = JSON.stringify(call(2)).length;
    log.limit({ records: Infinity, size: text * 5 });
    log.ingest(calls('a', 2, 11));
    expect(log.records.length).toBeGreaterThan(2);
    expect(log.records.length).toBeLessThan(6);
    expect(log.records.at(-1)?.id).toBe('a/11');
  });
});
