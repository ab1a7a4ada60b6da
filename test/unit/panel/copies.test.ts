import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { callOf, curlOf, jsonOf } from '../../../src/panel/events/copies.ts';
import { expectationOf } from '../../../src/panel/events/expectation.ts';
import type { Record } from '../../../src/record/record.ts';
import { call, eventOf, INTAKE } from '../log/facts.ts';
import { logOf, record } from '../log/logs.ts';

const one = (fields: Partial<Record> = {}): Record => ({ ...record(logOf(call(1))), ...fields });

describe('curl', () => {
  it('gives a shell the URL and the event as they are, whatever a page put into them', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 2 }), json => {
        const command = curlOf(one({ event: { text: json, more: "it's `x` $(y) \n\u202e" } }), INTAKE);
        const args = execFileSync('/bin/sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`], {
          encoding: 'utf8',
        });
        const [, url, , , , body = ''] = args.split('\0');
        expect(url).toBe(INTAKE);
        expect(JSON.parse(body)).toEqual([{ text: json, more: "it's `x` $(y) \n\u202e" }]);
      }),
      { numRuns: 10 },
    );
  });

  it('posts to where the event went, else to the page’s intake, else to production’s', () => {
    const delivery = { ...one().delivery, url: 'https://sent.example/' };
    expect(curlOf(one({ delivery }), INTAKE)).toContain("'https://sent.example/'");
    expect(curlOf(one(), INTAKE)).toContain(`'${INTAKE}'`);
    expect(curlOf(one(), null)).toContain('https://intake-analytics.wikimedia.org/v1/events');
  });
});

/** What a page's console would call. */
function called(code: string): unknown[] {
  const calls: unknown[] = [];
  const note = (...args: unknown[]) => void calls.push(args);
  const object = { send: note, submitInteraction: note, sendExposure: note };
  const named = (name: string) => (calls.push(name), object);
  const mw = {
    eventLog: { submit: note, submitInteraction: note, submitClick: note, logEvent: note, dispatch: note },
    testKitchen: {
      getInstrument: named,
      getExperiment: (name: string) => ({ then: (go: (one: object) => void) => go(named(name)) }),
    },
    track: note,
  };
  new Function('mw', code)(mw);
  return calls;
}

describe('the call again', () => {
  it('is the call that was made', () => {
    const event = eventOf({ action: 'click', element_id: 'a' });
    const { $schema, action, element_id } = event;
    expect(called(callOf(one({ event }), undefined))).toEqual([['my.stream', { $schema, action, element_id }]]);
    const interaction = one({ api: 'submitInteraction', event });
    expect(called(callOf(interaction, { x: 1 }))).toEqual([['my.stream', interaction.schema, 'click', { x: 1 }]]);
    expect(called(callOf(one({ api: 'track', event: { event: { a: 1 }, schema: 'Test' } }), undefined))).toEqual([
      ['event.Test', { a: 1 }],
    ]);
  });

  it('asks for its instrument or experiment first', () => {
    const fields = { client: 'test-kitchen', api: 'send', action: 'go' } as const;
    expect(called(callOf(one({ ...fields, instrument: 'my-one' }), { a: 1 }))).toEqual(['my-one', ['go', { a: 1 }]]);
    expect(called(callOf(one({ ...fields, experiment: 'e', api: 'sendExposure' }), undefined))).toEqual(['e', []]);
  });

  it('stays one expression, whatever a page put into it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (stream, text) => {
        expect(called(callOf(one({ stream, event: { text } }), undefined))).toEqual([[stream, { text }]]);
      }),
    );
  });
});

it('JSON shows what cannot be seen, and is the same value', () => {
  const value = { text: 'a\u202eb\u0000\n😀' };
  expect(jsonOf(value)).not.toMatch(/\u202e/);
  expect(JSON.parse(jsonOf(value))).toEqual(value);
});

it('an expectation is a part of a plan: what is there, and what it has', () => {
  const expected = parse(expectationOf(one())) as { of: object; exactly?: number; have?: object }[];
  expect(expected[0]).toEqual({ of: { stream: 'my.stream', action: 'click' }, exactly: 1 });
  expect(expected).toHaveLength(2);
});
