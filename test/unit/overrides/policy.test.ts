import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PageRules } from '../../../src/record/override.ts';
import type { OverridePolicy } from '../../../src/overrides/policy.ts';

const START = 1_000_000;
let now = START;
let create: (isThere?: () => boolean) => OverridePolicy;

beforeEach(async () => {
  now = START;
  vi.spyOn(Date, 'now').mockImplementation(() => now);
  vi.resetModules();
  create = (await import('../../../src/overrides/policy.ts')).createPolicy;
});
afterEach(() => vi.restoreAllMocks());

const rules = (extra: Partial<PageRules> = {}): string =>
  JSON.stringify({
    v: 1,
    rules: [
      { stream: 'a', sample: 'in' },
      { instrument: 'b', sample: 'out' },
    ],
    policy: 'hold-forced',
    until: START + 1000,
    ...extra,
  } satisfies PageRules);

describe('without rules', () => {
  test('nothing is forced and everything delivered, but what was forced', () => {
    const { policy } = create();
    expect(policy.rule('stream', 'a')).toBeNull();
    expect(policy.deliver(false)).toBe('send');
    expect(policy.deliver(true)).toBe('hold');
  });
});

describe('with rules', () => {
  test('streams and instruments are forced by their own names', () => {
    const { policy, set } = create();
    set(rules());
    expect(policy.rule('stream', 'a')).toMatchObject({ stream: 'a', sample: 'in' });
    expect(policy.rule('instrument', 'b')).toMatchObject({ instrument: 'b', sample: 'out' });
    for (const name of ['b', '__proto__', 'constructor', '']) expect(policy.rule('stream', name)).toBeNull();
    expect(policy.rule('instrument', 'a')).toBeNull();
  });

  test.each([
    ['deliver', 'send', 'send'],
    ['hold-forced', 'send', 'hold'],
    ['hold-all', 'hold', 'hold'],
    ['redirect', 'redirect', 'redirect'],
  ] as const)('%s delivers a plain event: %s, a forced one: %s', (policy, plain, forced) => {
    const page = create();
    page.set(rules({ policy }));
    expect([page.policy.deliver(false), page.policy.deliver(true)]).toEqual([plain, forced]);
  });

  test('a stream may be called like a property of every object', () => {
    const { policy, set } = create();
    set(rules({ rules: [{ stream: '__proto__', sample: 'in' }] }));
    expect(policy.rule('stream', '__proto__')?.sample).toBe('in');
  });

  test('they decide until they expire, whatever the page does to the clock', () => {
    const { policy, set } = create();
    set(rules());
    now = START + 999;
    expect(policy.rule('stream', 'a')).not.toBeNull();
    now = START + 1000;
    expect(policy.rule('stream', 'a')).toBeNull();
    expect(policy.deliver(false)).toBe('send');
  });

  test.each([
    ['hold-forced', 'hold'],
    ['hold-all', 'hold'],
    ['deliver', 'send'],
    ['redirect', 'hold'],
  ] as const)('an event forced under %s which leaves after their end: %s', (policy, outcome) => {
    for (const end of [(page: OverridePolicy) => page.set('null'), () => void (now = START + 5000)]) {
      now = START;
      const page = create();
      page.set(rules({ policy }));
      end(page);
      expect(page.policy.deliver(true)).toBe(outcome);
      expect(page.policy.deliver(false)).toBe('send');
    }
  });

  test('rules of which there is one each have no name', () => {
    const { policy, set } = create();
    set(rules({ rules: [{ session: 'abc' }, { cookies: 'off' }, { population: 'session', sample: 'in' }] }));
    expect(policy.rule('session')).toMatchObject({ session: 'abc' });
    expect(policy.rule('cookies')).toMatchObject({ cookies: 'off' });
    expect(policy.rule('population', 'session')).toMatchObject({ sample: 'in' });
    expect(policy.rule('population', 'pageview')).toBeNull();
    expect(policy.rule('pageview')).toBeNull();
  });

  test('those of a kind are told one after the other', () => {
    const { policy, set } = create();
    const config = (name: string) => ({ config: name, value: {} });
    set(rules({ rules: [config('a'), { stream: 'a', sample: 'in' }, config('__proto__')] }));
    const seen: string[] = [];
    policy.each('config', rule => seen.push(rule.config));
    expect(seen).toEqual(['a', '__proto__']);
    now = START + 1000;
    policy.each('config', () => expect.unreachable());
  });

  test.each<[PageRules['rules'][number], boolean]>([
    [{ stream: 'a', sample: 'in' }, false],
    [{ instrument: 'a', sample: 0.5 }, false],
    [{ schema: 'A', sample: 'in' }, false],
    [{ hasty: 'off' }, false],
    [{ experiment: 'a', group: 'b', as: 'mpo' }, false],
    [{ experiment: 'a', group: 'b', as: 'enrolled' }, true],
    [{ session: 'a' }, true],
    [{ pageview: 'a' }, true],
    [{ population: 'session', sample: 'in' }, true],
    [{ config: 'a', value: {} }, true],
    [{ exposures: 'clear' }, true],
    [{ cookies: 'off' }, true],
  ])('%j makes every event of the document a forced one: %s', (rule, taints) => {
    const { policy, set } = create();
    set(rules({ rules: [rule] }));
    expect(policy.tainting()?.length ?? 0).toBe(taints ? 1 : 0);
    set('null');
    expect(policy.tainting()).toBeNull();
  });

  test('they end with the extension; what they forced stays here', () => {
    let there = true;
    const asked = vi.fn(() => there);
    const { policy, set } = create(asked);
    set(rules());
    for (let i = 0; i < 10; i++) expect(policy.rule('stream', 'a')).not.toBeNull();
    expect(asked).toHaveBeenCalledTimes(1);
    there = false;
    now += 1;
    expect(policy.rule('stream', 'a')).toBeNull();
    expect(policy.isOn()).toBe(false);
    expect([policy.deliver(true), policy.deliver(false)]).toEqual(['hold', 'send']);
    there = true;
    now += 1;
    expect(policy.isOn()).toBe(false);
  });

  test.each(['deliver', 'hold-forced', 'redirect'] as const)(
    'nothing leaves a page that comes back under %s, until it is told what is in force',
    policy => {
      const page = create();
      page.set(rules({ policy }));
      page.doubt();
      expect([page.policy.deliver(true), page.policy.deliver(false)]).toEqual(['hold', 'hold']);
      page.set(rules({ policy: 'deliver' }));
      expect([page.policy.deliver(true), page.policy.deliver(false)]).toEqual(['send', 'send']);
    },
  );

  test('a page without rules that comes back sends as ever', () => {
    const { policy, set, doubt } = create();
    doubt();
    expect(policy.deliver(false)).toBe('send');
    set(rules());
    doubt();
    set('null');
    expect(policy.deliver(false)).toBe('send');
  });

  test('new ones replace all old ones', () => {
    const { policy, set } = create();
    set(rules());
    set(rules({ rules: [{ stream: 'c', sample: 'out' }] }));
    expect(policy.rule('stream', 'a')).toBeNull();
    expect(policy.rule('stream', 'c')?.sample).toBe('out');
    set('null');
    expect(policy.rule('stream', 'c')).toBeNull();
  });

  test('anything that is none ends them, and never throws', () => {
    const { policy, set } = create();
    const broken = [
      undefined,
      '',
      '%',
      'null',
      '5',
      '[]',
      '{"rules":5}',
      '{"rules":[null]}',
      '{"rules":[5],"until":1e99}',
    ];
    for (const text of broken) {
      set(rules());
      set(text);
      expect(policy.rule('stream', 'a')).toBeNull();
      expect(policy.deliver(true)).toBe('hold');
      expect(policy.deliver(false)).toBe('send');
    }
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.string(), (text, name) => {
        set(text);
        policy.rule('stream', name);
        policy.deliver(true);
      }),
    );
  });
});
