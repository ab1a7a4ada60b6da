/** Requests in the log: what they carry, those that only the network layer saw, and what the intake said. */

import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/log/log.ts';
import type { Log } from '../../../src/log/types.ts';
import type { Fact, Note } from '../../../src/record/facts.ts';
import { hash } from '../../../src/record/hash.ts';
import type { Json, Verdict } from '../../../src/record/record.ts';
import { AT, call, context, envelope, eventOf, INTAKE, page, send, settled, URL } from './facts.ts';

const PLAIN = 'https://intake.example/v1/events';
const blob = { body: undefined as never };
const text = (value: unknown) => JSON.stringify(value);
const one = eventOf({ n: 1 });
const two = eventOf({ n: 2 });

function logOf(...facts: Fact[]): Log {
  const log = createLog();
  log.ingest(envelope([page(1, 'begin'), ...facts]));
  return log;
}

let requests = 0;
function note(log: Log, fields: Partial<Note> & { body?: string }, code: number | null = 202): void {
  const base = { request: `r${requests++}`, frame: 0, type: 'xmlhttprequest', url: INTAKE, at: AT + 50 };
  const known = fields.body === undefined ? null : hash(fields.body);
  log.note({ ...base, kind: 'request', hash: known, carries: true, ...fields } as Note);
  if (code !== null) log.note({ ...base, ...fields, kind: 'status', status: code } as Note);
}

const seen = (log: Log) =>
  log.records.map(({ client, api, event, delivery }) => [client, api, event, delivery.state, delivery.status]);

describe('a body that comes after its request', () => {
  it('tells the events of known calls', () => {
    const log = logOf(call(2), call(3), send(4, [2, 3], blob));
    expect(seen(log).map(([, , , state]) => state)).toEqual(['sent', 'sent']);
    note(log, { type: 'beacon', hash: hash(text([one, two])) });
    log.ingest(envelope([send(5, [], { completes: 4, body: text([one, two]) })]));
    expect(seen(log)).toEqual([
      ['event-logging', 'submit', one, 'answered', 202],
      ['event-logging', 'submit', two, 'answered', 202],
    ]);
  });

  it('finds the call that nobody named', () => {
    const log = logOf(call(2, { event: one }), send(3, [], blob));
    expect(log.records).toHaveLength(1);
    log.ingest(envelope([send(4, [], { completes: 3, body: text(one) })]));
    note(log, { type: 'ping' });
    settled(log);
    expect(seen(log)).toEqual([['event-logging', 'submit', one, 'answered', 202]]);
  });

  it('splits into records of its own, in the place of the request', () => {
    const log = logOf(
      send(2, [], { ...blob, via: 'fetch' }),
      send(3, [], { completes: 2, via: 'fetch', body: text([one, two]) }),
    );
    expect(seen(log)).toEqual([
      ['unknown', 'fetch', one, 'sent', null],
      ['unknown', 'fetch', two, 'sent', null],
    ]);
    expect(log.records.map(({ id }) => id)).toEqual(['load1/2', 'load1/2.1']);
  });

  it('adds the events that were more than the known calls', () => {
    const log = logOf(call(2), send(3, [2], blob));
    note(log, { type: 'ping' });
    log.ingest(envelope([send(4, [], { completes: 3, body: text([one, two]) })]));
    expect(seen(log)).toEqual([
      ['event-logging', 'submit', one, 'answered', 202],
      ['unknown', 'beacon', two, 'answered', 202],
    ]);
  });

  it('is awaited for half a second', () => {
    const log = logOf(send(2, [], blob));
    expect([log.records.length, log.waits()]).toEqual([0, true]);
    log.settle(0);
    log.settle(499);
    expect(log.records).toHaveLength(0);
    log.settle(500);
    expect(seen(log)).toEqual([['unknown', 'beacon', null, 'sent', null]]);
    expect(log.waits()).toBe(false);
    log.ingest(envelope([send(3, [], { completes: 2, body: text(one) })]));
    expect(seen(log)).toEqual([['unknown', 'beacon', one, 'sent', null]]);
  });

  it('of a request that is a hole is a request', () => {
    const log = logOf(send(7, [], { completes: 4, body: text(one) }));
    expect(seen(log)).toEqual([['unknown', 'beacon', one, 'sent', null]]);
  });

  it('can be told by the network layer: a Request whose body the page’s side leaves alone', () => {
    const log = logOf(send(2, [], { ...blob, via: 'fetch' }));
    note(log, { body: text([one, two]) });
    settled(log);
    expect(seen(log)).toEqual([
      ['unknown', 'fetch', one, 'answered', 202],
      ['unknown', 'fetch', two, 'answered', 202],
    ]);
  });
});

describe('an event sent twice', () => {
  it.each([[[2, 3]], [[]]])('stays two records where the calls are %j', calls => {
    const log = logOf(call(2, { event: one }), call(3, { event: one }), send(4, calls, { body: text([one, one]) }));
    note(log, { type: 'ping', hash: hash(text([one, one])) });
    expect(seen(log)).toEqual([
      ['event-logging', 'submit', one, 'answered', 202],
      ['event-logging', 'submit', one, 'answered', 202],
    ]);
  });

  it('stays two records in two requests', () => {
    const log = logOf(send(2, [], { body: text(one) }), send(3, [], { body: text(one) }));
    for (const code of [202, 503]) note(log, { type: 'ping', hash: hash(text(one)) }, code);
    settled(log);
    expect(seen(log).map(([, , , , status]) => status)).toEqual([202, 503]);
  });
});

describe('a request that the page was not seen to make', () => {
  it('of fetch or XHR is a worker’s where the hook runs', () => {
    const log = logOf();
    note(log, { body: text([one, two]) });
    expect(log.records).toHaveLength(0);
    settled(log);
    expect(seen(log)).toEqual([
      ['unknown', 'worker', one, 'answered', 202],
      ['unknown', 'worker', two, 'answered', 202],
    ]);
    expect(log.records.map(({ id, page, time }) => [id, page.load, time])).toEqual([
      ['load1/1w0', 'load1', new Date(AT + 50).toISOString()],
      ['load1/1w0.1', 'load1', new Date(AT + 50).toISOString()],
    ]);
    expect(log.pending()).toEqual([0, 1]);
  });

  it('of a frame without hook belongs to the page around it', () => {
    const log = logOf();
    note(log, { frame: 7, body: text(one) });
    note(log, { frame: 7, type: 'ping', hash: hash(text(two)) });
    settled(log);
    expect(seen(log).map(([, api, event]) => [api, event])).toEqual([
      ['xmlhttprequest', one],
      ['beacon', null],
    ]);
    expect(log.records.every(({ page }) => page.load === 'load1')).toBe(true);
  });

  it('of the parser’s image has its event in the URL', () => {
    const log = logOf();
    const legacy = { event: { a: 1 }, schema: 'Test' };
    const query = `${encodeURIComponent(text(legacy))};`;
    note(log, { type: 'image', url: `https://wiki.example/beacon/event?${query}`, hash: hash(query) }, 204);
    settled(log);
    expect(seen(log)).toEqual([['unknown', 'image', legacy, 'answered', 204]]);
  });

  it('of a shared worker belongs to the page of its origin, and to no other', () => {
    const log = logOf();
    note(log, { frame: -1, worker: 'https://wiki.example', body: text(one) });
    note(log, { frame: -1, worker: 'https://other.example', body: text(one) });
    settled(log);
    expect(seen(log)).toEqual([['unknown', 'worker', one, 'answered', 202]]);
  });

  it('is no second record where the page’s side comes late', () => {
    const log = logOf();
    note(log, { body: text([one, two]) });
    settled(log);
    log.ingest(envelope([send(2, [], { via: 'fetch', at: AT + 40, body: text([one, two]) })]));
    expect(seen(log).map(([client, api, event, , status]) => [client, api, event, status])).toEqual([
      ['unknown', 'fetch', one, 202],
      ['unknown', 'fetch', two, 202],
    ]);
  });

  it('is no second record where its call comes late', () => {
    const log = logOf();
    note(log, { body: text(one) });
    settled(log);
    log.ingest(envelope([call(2, { event: one }), send(3, [2], { via: 'fetch', body: text(one) })]));
    expect(seen(log)).toEqual([['event-logging', 'submit', one, 'answered', 202]]);
  });

  it('by a beacon waits until the page has told more, or has ended', () => {
    const log = logOf();
    note(log, { type: 'ping', hash: hash(text(one)) });
    settled(log);
    expect([log.records.length, log.waits()]).toEqual([0, true]);
    log.ingest(envelope([context(2, { at: AT + 200 })]));
    settled(log);
    expect(seen(log)).toEqual([['unknown', 'beacon', null, 'answered', 202]]);
  });

  it('by a beacon is in the hole where its page has one', () => {
    const log = createLog();
    log.ingest(envelope([page(1, 'begin'), context(500)], { hole: { from: 2, to: 499, reason: 'before-devtools' } }));
    note(log, { type: 'ping', hash: hash(text(one)) });
    settled(log);
    expect([log.records.length, log.waits()]).toEqual([0, false]);
  });

  it('of a page that is gone is none', () => {
    const log = logOf();
    note(log, { at: AT - 5_000, body: text(one) });
    settled(log);
    expect([log.records.length, log.waits()]).toEqual([0, false]);
  });

  it('that can carry no event is none', () => {
    const log = logOf();
    note(log, { carries: false, type: 'main_frame' });
    settled(log);
    expect([log.records.length, log.waits()]).toEqual([0, false]);
  });

  it('goes with Clear', () => {
    const log = logOf();
    note(log, { body: text(one) });
    log.clear();
    settled(log);
    expect(log.records).toHaveLength(0);
  });
});

describe('what the intake answered', () => {
  const valid: Verdict = { verdict: 'valid', errors: [] };
  const invalid: Verdict = {
    verdict: 'invalid',
    errors: [{ instancePath: '/n', schemaPath: '#/n', keyword: 'type', message: 'should be string' }],
  };
  const filled = (event: object): Json => ({ ...event, meta: { ...(eventOf().meta as object), id: 'x' } }) as Json;
  const answer = (events: object[], status: number, body: string): Extract<Note, { kind: 'answer' }> => ({
    kind: 'answer',
    url: PLAIN,
    at: AT,
    hash: hash(text(events)),
    status,
    body,
  });
  const sentLog = () => logOf(send(2, [], { url: PLAIN, body: text([one, two]) }));

  it('is told of each event, and where it differs from the verdict it is a finding', () => {
    const log = sentLog();
    log.verdict(0, valid);
    log.verdict(1, valid);
    const context = { errors: [], errorsText: "'.n' should be string" };
    log.note(
      answer([one, two], 207, text({ invalid: [{ status: 'invalid', event: filled(two), context }], error: [] })),
    );
    expect(log.records.map(({ delivery }) => delivery.answer)).toEqual([
      { status: 'success' },
      { status: 'invalid', context },
    ]);
    expect(log.records.map(({ checks }) => checks)).toEqual([
      [],
      [
        {
          check: 'intake-disagrees',
          severity: 'error',
          message: "The intake answered 207: invalid ('.n' should be string). The verdict here is valid.",
          path: null,
        },
      ],
    ]);
  });

  it('is compared again with each new verdict, and other findings stay', () => {
    const log = sentLog();
    const other = { check: 'other', severity: 'info', message: 'm', path: null } as const;
    log.findings(0, [other]);
    log.note(answer([one, two], 201, ''));
    log.verdict(0, invalid);
    expect(log.records[0]?.checks.map(({ message }) => message)).toEqual([
      'm',
      "The intake answered 201: success. The verdict here is invalid ('/n' should be string).",
    ]);
    log.findings(0, []);
    expect(log.records[0]?.checks.map(({ check }) => check)).toEqual(['intake-disagrees']);
    log.verdict(0, valid);
    expect(log.records[0]?.checks).toEqual([]);
  });

  it('can come before the request is known, and of any shape', () => {
    const log = logOf();
    log.note(answer([one], 500, text({ detail: 'SyntaxError' })));
    log.note(answer([two], 500, 'nonsense'));
    log.ingest(
      envelope([send(2, [], { url: PLAIN, body: text([one]) }), send(3, [], { url: PLAIN, body: text([two]) })]),
    );
    expect(log.records.map(({ delivery }) => delivery.answer)).toEqual([{ detail: 'SyntaxError' }, 'nonsense']);
    expect(log.records.map(({ delivery }) => delivery.status)).toEqual([500, 500]);
  });

  it('is told by the status alone where its body cannot be read', () => {
    const log = sentLog();
    log.verdict(0, valid);
    log.verdict(1, invalid);
    note(log, { type: 'ping', url: PLAIN, hash: hash(text([one, two])) }, 400);
    expect(log.records.map(({ delivery }) => delivery.answer)).toEqual([{ status: 'invalid' }, { status: 'invalid' }]);
    expect(log.records.map(({ checks }) => checks.length)).toEqual([1, 0]);
  });

  it('has no word where the intake was asked to be hasty', () => {
    const log = logOf(send(2, [], { url: INTAKE, body: text(one) }));
    log.verdict(0, invalid);
    log.note({ ...answer([], 202, ''), hash: hash(text(one)), url: INTAKE });
    expect(log.records[0]).toMatchObject({ delivery: { answer: null }, checks: [] });
  });
});

it('a page that was prerendered becomes the top frame’s when it is shown', () => {
  const log = createLog();
  log.ingest(envelope([page(1, 'begin')], { load: 'old' }));
  log.ingest(envelope([page(2, 'begin', { at: AT + 500 }), call(3)], { load: 'new', frame: 9, url: URL }));
  expect(log.loads.map(({ frame, ended }) => [frame, ended !== null])).toEqual([
    [0, false],
    [9, false],
  ]);
  log.ingest(envelope([call(4)], { load: 'new', frame: 0 }));
  expect(log.loads.map(({ frame, ended }) => [frame, ended !== null])).toEqual([
    [0, true],
    [0, false],
  ]);
  expect(log.records.map(({ frame }) => frame)).toEqual([0, 0]);
});
