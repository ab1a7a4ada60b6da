import { describe, expect, it } from 'vitest';
import { search } from '../../../src/log/query/list.ts';
import { ENTRY_FIELDS, entriesOf } from '../../../src/panel/sampling/entries.ts';
import { randomId, unitOf } from '../../../src/panel/sampling/what-if.ts';
import { isIdentifier } from '../../../src/platform/identifiers.ts';
import { choiceOf, withChoice } from '../../../src/panel/sampling/rules.ts';
import type { Rule } from '../../../src/record/override.ts';
import { context, PAGEVIEW, SESSION } from '../log/facts.ts';

const CONTEXT = context(1, {
  session: SESSION,
  pageview: PAGEVIEW,
  streams: {
    'b.stream': { sample: { unit: 'session', rate: 0.2 } },
    'a.stream': { sample: { unit: 'pageview', rate: 0.2 } },
    'c.stream': {},
  },
  instruments: { 'my-instrument': { sample: { unit: 'session', rate: 0.6 } } },
});

describe('what a page can emit', () => {
  it('is listed by name, instruments first, with how it would be decided', () => {
    expect(entriesOf(CONTEXT).map(({ target, sampling }) => [target.name, sampling.unit, sampling.inSample])).toEqual([
      ['my-instrument', 'session', true],
      ['a.stream', 'pageview', true],
      ['b.stream', 'session', false],
      ['c.stream', null, true],
    ]);
  });

  it('says where it is not known', () => {
    const [first] = entriesOf(context(1, { streams: { x: { sample: { unit: 'session', rate: 0.5 } } } }));
    expect(first?.sampling.inSample).toBeNull();
  });

  it('has no streams where stream configs are switched off, or are none', () => {
    expect(entriesOf(context(1, { streams: false }))).toEqual([]);
    expect(entriesOf(context(1, JSON.parse('{"streams": [], "instruments": []}')))).toEqual([]);
  });

  it('takes names that an object has anyway', () => {
    const hostile = context(1, {
      streams: JSON.parse('{"__proto__": {"sample": {"unit": "session", "rate": 1}}, "constructor": 5}'),
    });
    expect(entriesOf(hostile).map(({ target }) => target.name)).toEqual(['__proto__', 'constructor']);
  });

  it('is found by every word', () => {
    const found = (query: string) =>
      search(entriesOf(CONTEXT), query, ENTRY_FIELDS).found.map(({ target }) => target.name);
    expect(found('')).toHaveLength(4);
    expect(found('STREAM pageview')).toEqual(['a.stream']);
    expect(found('instrument')).toEqual(['my-instrument']);
    expect(found('nothing')).toEqual([]);
    expect(found('kind:stream -unit:pageview')).not.toContain('a.stream');
    expect(found('sample.unit:pageview')).toContain('a.stream');
  });
});

describe('what if', () => {
  it('tries the identifier that decides', () => {
    expect(unitOf({ sample: { unit: 'pageview', rate: 1 } })).toBe('pageview');
    expect(unitOf({})).toBe('session');
    expect(unitOf({ sample: { unit: 'device' } })).toBeNull();
  });

  it('makes identifiers as MediaWiki does', () => {
    const ids = Array.from({ length: 50 }, randomId);
    expect(ids.every(isIdentifier)).toBe(true);
    expect(new Set(ids).size).toBe(50);
  });
});

describe('rules', () => {
  const rules: Rule[] = [
    { stream: 'x', sample: 'in' },
    { instrument: 'x', sample: 'out' },
  ];

  it('tell streams from instruments', () => {
    expect(choiceOf(rules, { kind: 'stream', name: 'x' })).toBe('in');
    expect(choiceOf(rules, { kind: 'instrument', name: 'x' })).toBe('out');
    expect(choiceOf(rules, { kind: 'stream', name: 'y' })).toBe('configured');
  });

  it('are one a target', () => {
    expect(withChoice(rules, { kind: 'stream', name: 'x' }, 'out')).toEqual([
      { instrument: 'x', sample: 'out' },
      { stream: 'x', sample: 'out' },
    ]);
    expect(withChoice(rules, { kind: 'instrument', name: 'x' }, 'configured')).toEqual([{ stream: 'x', sample: 'in' }]);
  });
});
