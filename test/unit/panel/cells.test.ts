import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/log/log.ts';
import { decisionCell, deliveryCell, subjectOf, verdictCell } from '../../../src/panel/events/cells.ts';
import { holeText, rowData } from '../../../src/panel/events/row.tsx';
import type { Record } from '../../../src/record/record.ts';
import { call, envelope, page } from '../log/facts.ts';

function recordOf(fields: Parameters<typeof call>[1] = {}, changes: Partial<Record> = {}): Record {
  const log = createLog();
  log.ingest(envelope([page(1, 'begin'), call(2, fields)]));
  const [record] = log.records;
  if (!record) throw new Error('no record');
  return { ...record, ...changes };
}

const delivery = (fields: Partial<Record['delivery']>): Partial<Record> => ({
  delivery: { state: 'none', url: null, queuedUntil: null, sentAt: null, status: null, answer: null, ...fields },
});

describe('the cells of a row', () => {
  it('say a decision and its reason in the words of the closed lists', () => {
    const dropped = recordOf({ seen: 'dropped', streamFacts: { configured: false } });
    expect(decisionCell(dropped)).toEqual({
      icon: 'dropped',
      tone: 'warning',
      word: 'dropped',
      more: 'stream-not-configured',
    });
    expect(decisionCell(recordOf())).toMatchObject({ tone: 'good', word: 'accepted', more: '' });
  });

  it('are loud where the client did something else than its rules say', () => {
    expect(decisionCell(recordOf({ streamFacts: { configured: false } }))).toMatchObject({ tone: 'error' });
    expect(decisionCell(recordOf({ seen: 'threw' }))).toMatchObject({ tone: 'error', more: 'threw' });
  });

  it.each([
    [{ state: 'answered', status: 202 }, 'good', '202'],
    [{ state: 'answered', status: 207 }, 'error', '207'],
    [{ state: 'answered', status: 400 }, 'error', '400'],
    [{ state: 'lost' }, 'error', ''],
    [{ state: 'held' }, 'waiting', ''],
    [{ state: 'none' }, 'faint', ''],
  ] as const)('say a delivery: %j', (fields, tone, more) => {
    expect(deliveryCell(recordOf({}, delivery(fields)))).toMatchObject({ tone, more, word: fields.state });
  });

  it('say a verdict, quieter where the event was never sent', () => {
    const error = { instancePath: '/x', schemaPath: '#', keyword: 'type', message: 'should be string' };
    const verdict = { verdict: 'invalid', errors: [error, error] } as const;
    const changes = { verdict: { ...verdict, errors: [...verdict.errors] } };
    expect(verdictCell(recordOf({}, changes))).toMatchObject({ tone: 'error', word: 'invalid', more: '2' });
    const dropped = { seen: 'dropped', streamFacts: { configured: false } } as const;
    expect(verdictCell(recordOf(dropped, changes))).toMatchObject({ tone: 'quiet' });
    const unread = { verdict: { verdict: 'unavailable' as const, errors: [] } };
    expect(verdictCell(recordOf({}, unread))).toMatchObject({ tone: 'warning' });
  });

  it('name an instrument before its stream', () => {
    expect(subjectOf(recordOf({ instrument: 'my-instrument' }))).toBe('my-instrument');
    expect(subjectOf(recordOf())).toBe('my.stream');
  });
});

it('tells drivers what a row says', () => {
  const record = recordOf();
  expect(rowData({ kind: 'record', index: 0, record })).toMatchObject({
    'data-id': record.id,
    'data-decision': 'accepted',
    'data-delivery': record.delivery.state,
    'data-verdict': record.verdict.verdict,
  });
});

it('says how much is missing', () => {
  expect(holeText({ type: 'hole', load: 'a', from: 3, to: 14, reason: 'before-devtools' })).toBe('holeBefore_other 12');
  expect(holeText({ type: 'hole', load: 'a', from: 3, to: 3, reason: 'gap' })).toBe('holeGap_one 1');
});
