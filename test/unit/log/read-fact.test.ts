import { describe, expect, it } from 'vitest';
import { readFact } from '../../../src/log/read-fact.ts';
import type { Fact } from '../../../src/record/facts.ts';
import { call, context, page, send } from './facts.ts';

const FACTS: [string, Fact][] = [
  ['a call', call(1)],
  [
    'a call with every field',
    call(2, {
      clientVersion: '1.0',
      api: 'getInstrument',
      seen: 'answered',
      instrument: 'i',
      experiment: 'e',
      action: 'click',
      truncated: false,
      answer: null,
      error: 'no',
      streamFacts: { configured: true, sample: null, redirect: 'x', redirectConfigured: false, intake: false },
      objectFacts: {
        object: 'instrument',
        configured: null,
        sample: {},
        inHeader: true,
        compat: false,
        group: null,
        cookieEnabled: true,
      },
      data: { element_id: 'x' },
      id: 'abc',
      override: { rules: [{ stream: 's', sample: 'in' }], forced: true, naturallyIn: false },
      queuedUntil: 5,
      completes: 1,
      origin: 'o',
      interaction: 'i',
    }),
  ],
  ['a send', send(3, [1])],
  ['a context', context(4)],
  ['a page', page(5, 'begin', { cost: 0.4, persisted: false })],
];

describe('readFact', () => {
  it.each(FACTS)('reads %s', (_, fact) => {
    expect(readFact(JSON.stringify(fact))).toEqual(fact);
  });

  it.each(FACTS)('refuses %s as soon as one field has another type', (_, fact) => {
    for (const [key, value] of Object.entries(fact)) {
      if (['event', 'answer', 'data'].includes(key)) continue;
      const wrong = typeof value === 'object' ? 'text' : typeof value === 'string' ? 7 : 'text';
      expect(readFact(JSON.stringify({ ...fact, [key]: wrong })), key).toBeNull();
    }
  });

  it.each(['', 'null', '[]', '"text"', '7', '{', '{}', '{"kind":"call"}', '{"kind":"other","seq":1,"at":1}', '\u0000'])(
    'refuses %j',
    text => {
      expect(readFact(text)).toBeNull();
    },
  );

  it.each([
    { seq: 0 },
    { seq: 1.5 },
    { seq: 2 ** 53 },
    { at: -1 },
    { at: 1e300 },
    { seen: 'no-op' },
    { client: 'constructor' },
    { api: null },
    { streamFacts: { configured: 'yes' } },
    { objectFacts: { object: 'instrument' } },
    { override: { rules: [null], forced: true, naturallyIn: true } },
  ])('refuses a call with %j', fields => {
    expect(readFact(JSON.stringify({ ...call(1), ...fields }))).toBeNull();
  });

  it('reads of a context what is as it has to be', () => {
    const fields = {
      streams: false,
      instruments: {},
      experiments: [],
      enrollments: [],
      intake: false,
      lingerSeconds: 30,
      header: 'some=a;',
      bodyClass: '',
      exposures: { 'tk_exposure.some:a:v0': '{}' },
      aside: { 'tk_exposure.some:a:v0': null },
      cookieEnabled: true,
      cookiePrefix: 'wiki',
      sessionCookie: '80000000c0ffee00c0ff',
      elSession: '90000000c0ffee00c0ff',
    };
    expect(readFact(JSON.stringify({ ...context(1), ...fields }))).toEqual({ ...context(1), ...fields });
    const wrong = {
      streams: [1],
      instruments: 'x',
      experiments: null,
      intake: true,
      lingerSeconds: '30',
      session: 7,
      header: [],
      aside: '',
      exposures: [],
      cookieEnabled: 0,
    };
    expect(readFact(JSON.stringify({ ...context(1), ...wrong, other: 1 }))).toEqual(context(1));
  });

  it('ignores fields that it does not know', () => {
    expect(readFact(JSON.stringify({ ...call(1), later: true }))).toMatchObject({ kind: 'call', seq: 1 });
  });

  it('reads no field from a prototype, and gives none to others', () => {
    const text = JSON.stringify(call(1)).replace('"kind":"call"', '"__proto__":{"kind":"call","polluted":1}');
    expect(readFact(text)).toBeNull();
    expect('polluted' in {}).toBe(false);
    const hostile = readFact(JSON.stringify(call(1)).replace('"event":{', '"event":{"__proto__":{"polluted":1},'));
    expect(hostile).not.toBeNull();
    expect('polluted' in {}).toBe(false);
  });

  it('refuses huge names and endless nesting, without trying', () => {
    expect(readFact(JSON.stringify(call(1, { stream: 'x'.repeat(100_001) })))).toBeNull();
    const deep = JSON.stringify(call(1)).replace(
      '"event":{',
      `"event":{"deep":${'['.repeat(9_999)}${']'.repeat(9_999)},`,
    );
    expect(readFact(deep)).toBeNull();
    expect(readFact('['.repeat(20_000_000))).toBeNull();
  });

  it('does not take brackets in strings for nesting', () => {
    const event = { text: '[{'.repeat(1_000), quote: '"\\'.repeat(500) };
    expect(readFact(JSON.stringify(call(1, { event })))).toMatchObject({ event });
  });
});
