import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/log/log.ts';
import { AT, call, envelope, page, send } from './facts.ts';
import { logOf, record, VALID } from './logs.ts';

describe('a page that goes', () => {
  it('loses what waits in the queue, unless a request follows', () => {
    const log = logOf(page(1, 'begin'), call(2), call(3), page(4, 'hide'));
    expect(log.records.map(({ delivery }) => delivery.state)).toEqual(['lost', 'lost']);
    log.ingest(envelope([send(5, [2]), call(6), send(7, [6])]));
    expect(log.records.map(({ delivery }) => delivery.state)).toEqual(['sent', 'lost', 'sent']);
    log.verdict(1, VALID);
    expect(record(log, 1).final).toBe(false);
    log.ingest(envelope([page(1, 'begin', { at: AT + 99 })], { load: 'load2' }));
    expect(record(log, 1).final).toBe(true);
    expect(log.loads.map(({ ended }) => ended)).toEqual([AT + 4, null]);
  });

  it('has its queue back when it comes back', () => {
    const log = logOf(
      page(1, 'begin'),
      call(2),
      page(3, 'hide', { persisted: true }),
      page(4, 'show', { persisted: true }),
    );
    expect(record(log).delivery.state).toBe('queued');
    expect(log.loads[0]?.ended).toBeNull();
  });

  it('is told by the page that comes, and so are its frames', () => {
    const log = createLog();
    log.ingest(envelope([page(1, 'begin'), call(2)]));
    log.ingest(envelope([page(1, 'begin', { at: AT + 5 }), call(2)], { load: 'frame', frame: 7 }));
    log.ingest(envelope([page(1, 'begin', { at: AT + 6 }), call(2)], { load: 'other', frame: 8 }));
    expect(log.records.map(({ delivery }) => delivery.state)).toEqual(['queued', 'queued', 'queued']);
    log.ingest(envelope([page(1, 'begin', { at: AT + 99 })], { load: 'next' }));
    expect(log.records.map(({ delivery }) => delivery.state)).toEqual(['lost', 'lost', 'lost']);
  });

  it('is not taken for gone where its frame was heard of first', () => {
    const log = createLog();
    log.ingest(envelope([page(1, 'begin', { at: AT + 5 }), call(2)], { load: 'frame', frame: 7 }));
    log.ingest(envelope([page(1, 'begin'), call(2)]));
    expect(log.records.map(({ delivery }) => delivery.state)).toEqual(['queued', 'queued']);
  });
});
