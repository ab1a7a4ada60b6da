import { describe, expect, it } from 'vitest';
import { BLANK, type Draft, draftOf, readDraft } from '../../../src/panel/overrides/draft.ts';
import { fileName, stepsOf } from '../../../src/panel/overrides/import.ts';
import {
  idFor,
  isSeen,
  knownOf,
  namingOf,
  namingTally,
  sampledBy,
  unforcedOf,
} from '../../../src/panel/overrides/known.ts';
import { targetOf } from '../../../src/panel/overrides/policies.ts';
import { normalise } from '../../../src/platform/identifiers.ts';
import type { Override, Rule } from '../../../src/record/override.ts';
import { AT, call, context, envelope, page } from '../log/facts.ts';
import { NOW, setUp } from './panel.ts';
import { tallied } from './tallied.ts';

const RULES: Rule[] = [
  { stream: 'my.stream', sample: 'in' },
  { instrument: 'my-instrument', sample: 0.25 },
  { schema: 'MySchema', sample: 'out' },
  { population: 'pageview', sample: 'in' },
  { session: '00000000000000000000' },
  { pageview: 'no hex at all' },
  { experiment: 'my-experiment', group: 'control', as: 'mpo' },
  { experiment: 'my-experiment', group: null, as: 'enrolled' },
  { config: 'new.stream', value: { sample: { unit: 'session', rate: 0.5 } } },
  { exposures: 'clear' },
  { cookies: 'off' },
  { hasty: 'off' },
];

const drafted = (fields: Partial<Draft>) => readDraft({ ...BLANK, name: 'x', ...fields });

describe('a rule while it is written', () => {
  it('comes back from its draft as it was, of every kind', () => {
    expect(RULES.map(rule => readDraft(draftOf(rule)))).toEqual(RULES);
  });

  it('takes a rate as it is written, and says at its field what is none', () => {
    const rated = (rate: string) => drafted({ sample: 'rate', rate });
    expect(rated(' 0.5 ')).toEqual({ stream: 'x', sample: 0.5 });
    for (const wrong of ['NaN', '-1', '5', '', '0,5', '"0.5"']) expect(rated(wrong)).toMatchObject({ field: 'sample' });
    expect(rated('5')).toEqual({
      field: 'sample',
      message: '"sample" must be "in", "out" or a rate from 0 to 1, not 5.',
    });
  });

  it('says at which field it is wrong', () => {
    expect(drafted({ name: '  ' })).toMatchObject({ field: 'stream' });
    expect(drafted({ kind: 'experiment', name: 'a b', group: 'x' })).toMatchObject({ field: 'experiment' });
    expect(drafted({ kind: 'experiment', group: '' })).toMatchObject({ field: 'group' });
    expect(drafted({ kind: 'config', value: '[]' })).toMatchObject({ field: 'value' });
    expect(drafted({ kind: 'config', value: '{' })).toMatchObject({ field: 'value' });
    expect(drafted({ kind: 'session', id: '' })).toMatchObject({ field: 'session' });
  });
});

describe('what a page knows', () => {
  const CONTEXT = context(1, {
    streams: {
      'a.stream': { sample: { unit: 'session', rate: 0.5 } },
      'b.stream': { sample: { unit: 'session', rate: 0.1 } },
      'c.stream': { sample: { unit: 'pageview', rate: 0.1 } },
    },
    instruments: { 'an-instrument': { sample: { unit: 'session', rate: 0.05 } } },
    experiments: { 'an-experiment': {} },
    enrollments: { assigned: { 'an-experiment': 'control', other: 'treatment' } },
  });

  function namings() {
    const { panel, facts } = setUp();
    const event = { experiment: { enrolled: 'an-experiment', assigned: 'treatment' } };
    facts(
      envelope([
        page(1, 'begin'),
        call(2),
        call(3, { client: 'test-kitchen', api: 'send', experiment: 'an-experiment', event }),
        call(4, { api: 'Schema#log', stream: 'eventlogging_MySchema', event: {} }),
      ]),
    );
    return panel.log.records.map(namingOf);
  }

  it('is what its configs name and what its calls were about', () => {
    const known = knownOf(CONTEXT, namings());
    expect(known).toMatchObject({
      stream: ['a.stream', 'b.stream', 'c.stream', 'eventlogging_MySchema', 'my.stream'],
      instrument: ['an-instrument'],
      experiment: ['an-experiment', 'other'],
      schema: ['MySchema'],
    });
    expect(known.groups.get('an-experiment')).toEqual(['control', 'treatment']);
    expect(knownOf(context(1, JSON.parse('{"streams": [1], "enrollments": {"assigned": 5}}')), [])).toMatchObject({
      stream: [],
      experiment: [],
    });
  });

  it('marks a rule about something else', () => {
    const known = knownOf(CONTEXT, []);
    const seen = (rule: Rule) => isSeen(rule, known, CONTEXT);
    expect(seen({ stream: 'a.stream', sample: 'in' })).toBe(true);
    expect(seen({ stream: 'of.nobody', sample: 'in' })).toBe(false);
    expect(seen({ instrument: 'a.stream', sample: 'in' })).toBe(false);
    expect(RULES.filter(rule => !('sample' in rule) && !('experiment' in rule)).every(seen)).toBe(true);
    const off = context(1, { streams: false });
    expect(isSeen({ stream: 'of.nobody', sample: 'in' }, knownOf(off, []), off)).toBe(true);
  });

  it('finds an identifier that is in for several', () => {
    expect(sampledBy('session', CONTEXT)).toEqual(['a.stream', 'an-instrument', 'b.stream']);
    const id = idFor(['a.stream', 'b.stream', 'an-instrument'], CONTEXT, '80000000c0ffee00c0ff');
    expect(id).not.toBeNull();
    expect(normalise(id ?? '')).toBeLessThan(0.05);
    const never = context(1, { streams: { never: { sample: { unit: 'session', rate: 0 } } } });
    expect(idFor(['never'], never, '')).toBeNull();
  });
});

describe('pages that cannot be forced', () => {
  const override: Override = { rules: [{ stream: 'my.stream', sample: 'in' }], policy: 'hold-forced', until: NOW };
  const sampled = {
    streamFacts: { configured: true, sample: { unit: 'session', rate: 0.5 } },
    seen: 'dropped',
  } as const;

  it('are known by a call that was decided without the rule, and began after it', () => {
    const { panel, facts } = setUp();
    facts(envelope([page(1, 'begin'), call(2, sampled)]));
    const { loads, records } = panel.log;
    const calls = tallied(namingTally, records);
    const began = loads[0]?.began ?? 0;
    expect(unforcedOf(loads, calls, override, began - 1).map(({ reason }) => reason)).toEqual(['not-arrived']);
    expect(unforcedOf(loads, calls, override, began)).toEqual([]);
    expect(unforcedOf(loads, calls, { ...override, rules: [{ cookies: 'off' }] }, 0)).toEqual([]);
  });

  it('are not those where the rule acted', () => {
    const { panel, facts } = setUp();
    const mark = { rules: [{ stream: 'my.stream', sample: 'in' }], forced: true, naturallyIn: false };
    facts(envelope([page(1, 'begin'), call(2, { ...sampled, seen: 'accepted', override: mark })]));
    expect(unforcedOf(panel.log.loads, tallied(namingTally, panel.log.records), override, 0)).toEqual([]);
  });

  it('are named with what keeps rules from them', () => {
    const { panel, facts } = setUp();
    facts(envelope([page(1, 'begin', { at: AT })], { url: 'data:text/html,x', frame: 3, unforced: 'opaque' }));
    expect(unforcedOf(panel.log.loads, namingTally(), override, 0)).toMatchObject([{ reason: 'opaque' }]);
  });
});

describe('a file of rules', () => {
  it('says what each rule will do, whatever the order of its fields', () => {
    const inForce: Rule[] = [
      { stream: 'a', sample: 'in' },
      { stream: 'b', sample: 'in' },
    ];
    const rules = [{ sample: 'in', stream: 'a' } as Rule, { stream: 'b', sample: 'out' } as Rule, ...RULES.slice(1, 2)];
    expect(stepsOf(rules, inForce).map(({ what }) => what)).toEqual(['same', 'replaces', 'added']);
  });

  it('has a name that every system takes', () => {
    expect(fileName('Wer nicht wagt: é/..\\x')).toBe('Wer-nicht-wagt-e-x.json');
    expect(fileName('../')).toBe('overrides.json');
  });
});

describe('redirect', () => {
  it('takes http and https addresses without user names', () => {
    expect(targetOf(' http://localhost:8192/v1/events ')).toBe('http://localhost:8192/v1/events');
    for (const wrong of ['localhost', 'ftp://a/', 'javascript:1', 'https://me:pw@a/', '']) {
      expect(targetOf(wrong)).toBeNull();
    }
  });
});

describe('the override of the tab', () => {
  const answers = { 'override.set': () => null, 'override.clear': () => null };
  const inForce: Override = {
    rules: RULES.slice(0, 2),
    policy: 'redirect',
    target: 'http://localhost/',
    until: NOW + 5,
  };

  it('takes a changed rule in the place of the old one, and keeps target and policy', async () => {
    const { panel, asked } = setUp(answers);
    panel.receive({ type: 'override', override: inForce });
    await panel.setRule({ stream: 'renamed', sample: 'in' }, RULES[0]);
    expect(asked).toMatchObject([
      {
        override: {
          rules: [RULES[1], { stream: 'renamed', sample: 'in' }],
          policy: 'redirect',
          target: 'http://localhost/',
        },
      },
    ]);
  });

  it('loses its target with the policy', async () => {
    const { panel, asked } = setUp(answers);
    panel.receive({ type: 'override', override: inForce });
    await panel.policy('hold-all');
    expect(asked[0]).toEqual({
      request: 'override.set',
      tab: 5,
      override: { rules: inForce.rules, policy: 'hold-all', until: NOW + 3_600_000 },
    });
  });

  it('stays a dry run without rules', async () => {
    const { panel, asked } = setUp(answers);
    panel.receive({ type: 'override', override: { ...inForce, rules: RULES.slice(0, 1), policy: 'hold-all' } });
    await panel.removeRule({ stream: 'my.stream', sample: 'in' });
    expect(asked).toMatchObject([{ request: 'override.set', override: { rules: [], policy: 'hold-all' } }]);
  });

  it('ends when it is chosen to, and no change lets it end earlier', async () => {
    const { panel, asked } = setUp(answers);
    panel.receive({ type: 'override', override: { ...inForce, until: NOW + 20 * 3_600_000 } });
    await panel.setRule({ cookies: 'off' });
    await panel.endIn(900_000);
    expect(asked).toMatchObject([
      { override: { until: NOW + 20 * 3_600_000 } },
      { override: { until: NOW + 900_000 } },
    ]);
  });

  it('takes the rules of a file instead of its own, or joined', async () => {
    const { panel, asked } = setUp(answers);
    panel.receive({ type: 'override', override: inForce });
    await panel.takeRules([{ cookies: 'off' }], 'join');
    await panel.takeRules([{ cookies: 'off' }], 'replace');
    expect(asked).toMatchObject([
      { override: { rules: [...inForce.rules, { cookies: 'off' }] } },
      { override: { rules: [{ cookies: 'off' }] } },
    ]);
  });
});
