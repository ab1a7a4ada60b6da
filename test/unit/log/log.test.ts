import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/log/log.ts';
import { AT, call, context, envelope, eventOf, page, send, URL } from './facts.ts';
import { logOf, record, status, VALID } from './logs.ts';

describe('ingest', () => {
  it('drops what it has, and answers what may be acknowledged', () => {
    const log = createLog();
    expect(log.ingest(envelope([call(1), call(2)]))).toBe(2);
    expect(log.ingest(envelope([call(1), call(2), call(3)]))).toBe(3);
    expect(log.records).toHaveLength(3);
    expect(log.ingest(envelope([call(6)]))).toBe(3);
    expect(log.loads[0]?.holes).toEqual([{ type: 'hole', load: 'load1', from: 4, to: 5, reason: 'gap' }]);
    expect(log.ingest(envelope([call(4), call(5)]))).toBe(6);
    expect(log.loads[0]?.holes).toEqual([]);
    expect(log.records.map(({ id }) => id)).toEqual(['load1/1', 'load1/2', 'load1/3', 'load1/6', 'load1/4', 'load1/5']);
  });

  it('shows what was before DevTools, and takes what turns up of it', () => {
    const log = createLog();
    const hole = { from: 2, to: 9, reason: 'before-devtools' } as const;
    expect(log.ingest(envelope([page(1, 'begin'), call(10)], { hole }))).toBe(10);
    log.ingest(envelope([call(9)]));
    expect(log.loads[0]?.holes).toMatchObject([{ from: 2, to: 8, reason: 'before-devtools' }]);
  });

  it('makes a hole of what it cannot read, in its place', () => {
    const log = createLog();
    expect(log.ingest(envelope(['?', '{"kind":"call"}', call(3), 'null', call(5), '']))).toBe(6);
    expect(log.loads[0]?.holes).toMatchObject([
      { from: 1, to: 2, reason: 'unreadable' },
      { from: 4, to: 4, reason: 'unreadable' },
      { from: 6, to: 6, reason: 'unreadable' },
    ]);
    expect(log.ingest(envelope(['?', '?'], { load: 'unreadable' }))).toBe(2);
  });

  it('survives anything', () => {
    const log = createLog();
    const hostile = JSON.stringify(call(1)).replace(
      '"event":{',
      '"event":{"__proto__":{"polluted":1},"constructor":1,',
    );
    log.ingest(envelope([hostile, call(2, { stream: '__proto__', event: [] }), send(3, [999], { url: 'http://[' })]));
    log.ingest(envelope([call(4, { event: { meta: 'x', dt: 7 }, seen: 'dropped' })], { load: '__proto__' }));
    expect(log.records).toHaveLength(4);
    expect(log.sessions()[0]?.byStream.get('__proto__')).toEqual({ accepted: 1, dropped: 0, other: 0 });
    expect('polluted' in {}).toBe(false);
  });

  it('keeps what the extension knows of the page, and the newest that the page says', () => {
    const log = logOf(page(1, 'begin', { url: 'https://evil.example/' }), call(2));
    log.ingest(envelope([context(4, { session: 'new' }), context(3, { session: 'old' })]));
    log.ingest(envelope([page(5, 'url', { url: 'https://wiki.example/wiki/Other' }), call(6)]));
    log.ingest(envelope([page(7, 'url', { url: 'https://evil.example/' }), call(8)]));
    expect(log.records.map(({ page }) => page.url)).toEqual([URL, ...Array(2).fill('https://wiki.example/wiki/Other')]);
    expect(log.loads[0]).toMatchObject({ session: 'new', began: AT + 1, records: 3, context: { seq: 4 } });
  });
});

describe('drain', () => {
  it('says what is new and what changed, once', () => {
    const log = logOf(page(1, 'begin'), call(2));
    expect(log.drain()).toEqual({ added: 1, changed: [], moved: null, loads: true });
    expect(log.drain()).toEqual({ added: 0, changed: [], moved: null, loads: false });
    log.ingest(envelope([call(3), send(4, [2])]));
    log.verdict(0, VALID);
    log.verdict(1, VALID);
    expect(log.drain()).toEqual({ added: 1, changed: [0], moved: null, loads: false });
    log.findings(1, [{ check: 'c', severity: 'info', message: 'm', path: null }]);
    expect(log.drain()).toEqual({ added: 0, changed: [1], moved: null, loads: false });
    expect(record(log, 1).checks).toHaveLength(1);
  });
});

describe('pending', () => {
  it('has the oldest first, also what is to be judged again', () => {
    const log = logOf(call(1), call(2), call(3));
    for (const index of [0, 1]) log.verdict(index, VALID);
    expect(log.pending()).toEqual([2]);
    log.verdict(0, { verdict: 'pending', errors: [] });
    expect(log.pending()).toEqual([0, 2]);
    log.verdict(7, VALID);
  });
});

describe('many facts', () => {
  /** Answers the time of the processor, in milliseconds. */
  function ingest(count: number): number {
    const event = eventOf({ text: 'x'.repeat(200) });
    const body = JSON.stringify(event);
    const texts = Array.from({ length: count / 2 }, (_, i) => [
      JSON.stringify(call(2 * i + 1, { event })),
      JSON.stringify(send(2 * i + 2, i % 2 ? [2 * i + 1] : [], { body })),
    ]).flat();
    const log = createLog();
    const start = process.cpuUsage();
    for (let i = 0; i < count; i += 50) {
      log.ingest(envelope(texts.slice(i, i + 50)));
      for (const note of status(event, 202, `r${i}`)) log.note(note);
      log.drain();
    }
    const { user, system } = process.cpuUsage(start);
    expect(log.records).toHaveLength(count / 2);
    expect(log.records.every(({ delivery }) => delivery.sentAt !== null)).toBe(true);
    return (user + system) / 1_000;
  }

  // Ten times where each fact is looked at once, a hundred times where each goes through all the others.
  it('cost as much each as few', () => {
    ingest(1_000);
    const best = (count: number) => Math.min(...[1, 2, 3, 4, 5].map(() => ingest(count)));
    expect(best(6_000) / best(600)).toBeLessThan(50);
  }, 30_000);
});
