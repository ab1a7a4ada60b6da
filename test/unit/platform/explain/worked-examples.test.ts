import { describe, expect, it } from 'vitest';
import { explain, type ConfigClient } from '../../../../src/platform/explain/explain.ts';
import type { SamplingCode, Verdict } from '../../../../src/platform/explain/explanation.ts';
import type { Json } from '../../../../src/platform/json.ts';

const REST = 'c0ffee00c0ff';

/**
 * A stream config in which each client finds this sample where it looks for it: the web and Kotlin under `sample`, Java
 * with the unit under `identifier`, Swift under `sampling`.
 */
function configFor(client: ConfigClient, sample: Json): Json {
  const { unit, ...rest } = { ...(sample as { [key: string]: Json }) };
  const identifier = unit === undefined ? {} : { identifier: unit };
  if (sample === null) return { producers: { metrics_platform_client: {} } };
  if (client === 'java') return { producers: { metrics_platform_client: {} }, sample: { ...rest, ...identifier } };
  if (client === 'swift') return { producers: { metrics_platform_client: { sampling: sample } } };
  return { sample };
}

/** What the real clients answered (JavaScript: run; the apps': as their sources have it), one column a client. */
const CLIENTS = ['mpl-js', 'mpl-js-1.39', 'test-kitchen-js', 'java', 'kotlin', 'swift'] as const;
type Row = [number, string | null, Json, number | null, ...Verdict[]];
const session = (rate: Json) => ({ unit: 'session', rate });
const pageview = (rate: Json) => ({ unit: 'pageview', rate });
const ROWS: Row[] = [
  [1, `00000000${REST}`, session(0.01), 0, 'in', 'in', 'in', 'in', 'in', 'in'],
  [2, `00000000${REST}`, session(0), 0, 'out', 'out', 'out', 'out', 'out', 'out'],
  [3, `ffffffff${REST}`, session(1), 1, 'out', 'out', 'out', 'in', 'in', 'out'],
  [4, `fffffffe${REST}`, session(1), 0.9999999997671694, 'in', 'in', 'in', 'in', 'in', 'in'],
  [5, `80000000${REST}`, session(0.5), 0.5000000001164153, 'out', 'out', 'out', 'out', 'out', 'out'],
  [6, `7fffffff${REST}`, session(0.5), 0.4999999998835847, 'in', 'in', 'in', 'in', 'in', 'in'],
  [7, `19999999${REST}`, session(0.1), 0.09999999988358468, 'in', 'in', 'in', 'in', 'in', 'in'],
  [8, `1999999a${REST}`, session(0.1), 0.10000000011641533, 'out', 'out', 'out', 'out', 'out', 'out'],
  [9, `33333333${REST}`, session(0.2), 0.2, 'out', 'out', 'out', 'out', 'out', 'out'],
  [10, `028f5c28${REST}`, pageview(0.01), 0.009999999778810888, 'in', 'in', 'in', 'in', 'in', 'out'],
  [11, `028f5c29${REST}`, pageview(0.01), 0.010000000011641532, 'out', 'out', 'out', 'out', 'out', 'out'],
  [12, `00418937${REST}`, pageview(0.001), 0.0009999999313149602, 'in', 'in', 'in', 'in', 'in', 'out'],
  [13, `0A1B2C3D${REST}`, session(0.05), 0.03947712412091836, 'in', 'in', 'in', 'in', 'in', 'in'],
  [14, 'abc', session(0.5), 6.398186089098031e-7, 'in', 'in', 'in', 'throws', 'throws', 'in'],
  [15, `xyz12345${REST}`, session(0.5), null, 'out', 'out', 'out', 'throws', 'throws', 'out'],
  [16, `12zz5678${REST}`, session(0.5), 0x12 / 0xffffffff, 'in', 'in', 'in', 'throws', 'throws', 'out'],
  [17, '', session(0.5), null, 'out', 'out', 'out', 'throws', 'throws', 'out'],
  [18, null, session(0.5), null, 'throws', 'throws', 'throws', 'throws', 'throws', 'not-known'],
  [
    19,
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    { unit: 'device', rate: 0.25 },
    0.24665861582538545,
    'out',
    'out',
    'out',
    'in',
    'in',
    'in',
  ],
  [20, `80000000${REST}`, { unit: 'coelacanth', rate: 0.5 }, null, 'out', 'out', 'out', 'throws', 'random', 'out'],
  [21, `00000000${REST}`, session(5), 0, 'out', 'out', 'in', 'in', 'in', 'in'],
  [22, `ffffffff${REST}`, session(5), 1, 'out', 'out', 'in', 'in', 'in', 'in'],
  [23, `00000000${REST}`, session(-0.5), 0, 'out', 'out', 'out', 'out', 'out', 'out'],
  [24, `00000000${REST}`, session('0.5'), 0, 'in', 'in', 'in', 'in', 'in', 'throws'],
  [25, `00000000${REST}`, { unit: 'session' }, 0, 'out', 'out', 'out', 'out', 'in', 'out'],
  [26, `00000000${REST}`, null, null, 'in', 'in', 'in', 'in', 'in', 'in'],
  [27, `00000000${REST}`, {}, null, 'out', 'out', 'out', 'out', 'in', 'out'],
];

const CASES = ROWS.flatMap(([row, id, sample, value, ...verdicts]) =>
  CLIENTS.map((client, place) => ({ row, client, id, sample, value, verdict: verdicts[place] })),
);

describe('the worked examples', () => {
  it.each(CASES)('$row, $client: $verdict', ({ client, id, sample, value, verdict }) => {
    const result = explain({ client, config: configFor(client, sample) }, { session: id, pageview: id, device: id });
    expect(result.verdict).toBe(verdict);
    expect(result.sentence).toMatch(/^(In sample|Out of sample|Dropped|By chance|Not known): .+\.$/);
    expect(result.sentence).not.toMatch(
      /[{}]|undefined|NaN/.test(JSON.stringify(sample)) ? /undefined/ : /undefined|NaN/,
    );
    if (result.value !== null) expect(result.value).toBe(value);
    if (result.comparison !== null) expect(result.digits).toBe(id?.slice(0, 8));
  });

  it('28: a population of 100 takes 100', () => {
    const question = { client: 'legacy-modulus', population: 100, unit: 'session' } as const;
    expect(explain(question, { session: `00000064${REST}` })).toMatchObject({
      verdict: 'in',
      comparison: '100 % 100 = 0',
    });
  });

  it('29: a rate of 0.3 is a population of 3.33, which next to nobody divides by', () => {
    const question = { client: 'legacy-modulus', population: 1 / 0.3, unit: 'pageview' } as const;
    expect(explain(question, { pageview: `0000000a${REST}` }).verdict).toBe('out');
  });
});

describe('the differences between clients', () => {
  const half = `7fffffff${REST}`;
  const one = { metrics_platform_client: {} };

  it.each<[string, ConfigClient, Json | undefined, string | null, Verdict, SamplingCode]>([
    ['rate 1 and ffffffff on the web', 'mpl-js', { sample: session(1) }, `ffffffff${REST}`, 'out', 'not-below'],
    ['rate 1 on Android', 'java', { producers: one, sample: session(1) }, `ffffffff${REST}`, 'in', 'rate-1'],
    ['rate 1 on Android now', 'kotlin', { sample: session(1) }, null, 'in', 'rate-1'],
    ['rate 0 on the web', 'mpl-js', { sample: session(0) }, half, 'out', 'invalid-sample'],
    ['rate 0 in Test Kitchen', 'test-kitchen-js', { sample: session(0) }, half, 'out', 'not-below'],
    ['rate 0 on Android', 'kotlin', { sample: session(0) }, half, 'out', 'rate-0'],
    ['rate 5 in Test Kitchen', 'test-kitchen-js', { sample: session(5) }, half, 'in', 'below'],
    ['device on the web', 'mpl-js', { sample: { unit: 'device', rate: 0.5 } }, half, 'out', 'unknown-unit'],
    [
      'pageview on iOS',
      'swift',
      { producers: { metrics_platform_client: { sampling: pageview(0.5) } } },
      half,
      'out',
      'unknown-unit',
    ],
    ['unknown unit on Android now', 'kotlin', { sample: { unit: 'x', rate: 0.5 } }, half, 'random', 'random-unit'],
    ['the same at rate 5', 'kotlin', { sample: { unit: 'x', rate: 5 } }, half, 'in', 'every-draw-in'],
    ['the same at rate -1', 'kotlin', { sample: { unit: 'x', rate: -1 } }, half, 'out', 'no-draw-in'],
    ['a short id on Android', 'kotlin', { sample: session(0.5) }, 'abc', 'throws', 'id-too-short'],
    [
      'no id on Android',
      'java',
      { producers: one, sample: { rate: 0.5, identifier: 'session' } },
      null,
      'throws',
      'no-id',
    ],
    ['an id that is no number on Android', 'kotlin', { sample: session(0.5) }, 'xyz123456', 'throws', 'id-not-hex'],
    ['a signed id on Android', 'kotlin', { sample: session(0.5) }, '-7ffffff', 'in', 'below'],
    ['a space before the digits on the web', 'mpl-js', { sample: session(0.5) }, ' 7ffffff', 'in', 'below'],
    ['the same on Android', 'kotlin', { sample: session(0.5) }, ' 7ffffff', 'throws', 'id-not-hex'],
    [
      'a sample as production has it, in Java',
      'java',
      { producers: one, sample: session(0.5) },
      half,
      'throws',
      'unit-not-read',
    ],
    ['the same without a producer', 'java', { sample: session(0.5) }, half, 'in', 'sample-without-producer'],
    ['a sample as production has it, in Swift', 'swift', { sample: session(0.001) }, half, 'in', 'sample-elsewhere'],
    [
      'a rate in quotes, in Swift',
      'swift',
      { producers: { metrics_platform_client: { sampling: session('0.5') } } },
      half,
      'throws',
      'sample-not-decoded',
    ],
    ['a rate that is null, in Kotlin', 'kotlin', { sample: session(null) }, half, 'throws', 'sample-not-decoded'],
    [
      'a rate that is a word, in Java',
      'java',
      { producers: one, sample: session('much') },
      half,
      'throws',
      'sample-not-decoded',
    ],
    ['a rate that is a word, on the web', 'mpl-js', { sample: session('much') }, null, 'out', 'invalid-sample'],
    ['a rate that is a word, on the web of 2022', 'mpl-js-1.39', { sample: session('much') }, null, 'throws', 'no-id'],
    ['PHP', 'php', { sample: session(0.001) }, half, 'in', 'no-sampling-in-client'],
    ['an identifier that is not known', 'kotlin', { sample: session(0.5) }, 'unknown', 'not-known', 'id-not-known'],
    ['no config', 'java', undefined, half, 'out', 'stream-not-configured'],
    ['no config, in Kotlin', 'kotlin', undefined, half, 'out', 'stream-not-configured'],
    ['no config, in Swift', 'swift', undefined, half, 'out', 'stream-not-configured'],
    ['no config, in PHP', 'php', undefined, half, 'out', 'stream-not-configured'],
    ['an instrument config that is text', 'test-kitchen-js', 'x', half, 'throws', 'config-not-object'],
    ['no instrument', 'test-kitchen-js', undefined, half, 'out', 'instrument-not-configured'],
  ])('%s', (_, client, config, id, verdict, code) => {
    const ids = id === 'unknown' ? {} : { session: id, pageview: id, device: id };
    const result = explain({ client, config }, ids);
    expect(result).toMatchObject({ client, verdict, code });
  });

  it('Swift takes a sign, and of negative numbers only 0', () => {
    const config = configFor('swift', session(0.5));
    const at = (session: string) => explain({ client: 'swift', config }, { session }).verdict;
    expect([at('+7ffffff'), at('-7ffffff'), at('-0'), at('-')]).toEqual(['in', 'out', 'in', 'out']);
  });
});
