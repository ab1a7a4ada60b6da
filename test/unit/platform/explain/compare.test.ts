import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asClientReads, compare } from '../../../../src/platform/explain/compare.ts';
import { SAMPLING_CODES } from '../../../../src/platform/explain/explanation.ts';
import type { Json } from '../../../../src/platform/json.ts';

const REST = 'c0ffee00c0ff';
const producers = { metrics_platform_client: {} };
const ids = (id: string | null) => ({ session: id, pageview: id, device: id });

function disagreements(config: Json | undefined, id: string | null) {
  const { clients } = compare(config, ids(id));
  return Object.fromEntries(
    clients.flatMap(({ client, disagrees }) =>
      disagrees ? [[client, `${disagrees.code}${disagrees.byRule ? '!' : ''}`]] : [],
    ),
  );
}

describe('compare', () => {
  it('a config without sampling means the same everywhere', () => {
    const { clients, agree } = compare({ producers }, ids(`00000000${REST}`));
    expect(agree).toEqual({ asIs: true, asMeant: true });
    expect(clients.map(one => one.platform)).toEqual([
      'mediawiki',
      'mediawiki',
      'mediawiki',
      'android',
      'android',
      'ios',
    ]);
  });

  it('a sample as production has it: Swift does not see it, Java throws, PHP does not sample; their rules agree', () => {
    const config = { producers, sample: { unit: 'session', rate: 0.2 } };
    expect(disagreements(config, `80000000${REST}`)).toEqual({
      php: 'no-sampling!',
      java: 'unit-elsewhere',
      swift: 'sample-elsewhere',
    });
    expect(compare(config, ids(`00000000${REST}`)).clients.map(one => one.asMeant.verdict)).toEqual(
      Array(6).fill('in'),
    );
  });

  it.each<[string, Json, string | null, { [client: string]: string }]>([
    [
      'rate 1 and ffffffff',
      { unit: 'session', rate: 1 },
      `ffffffff${REST}`,
      { php: 'no-sampling!', java: 'rate-1!', kotlin: 'rate-1!', swift: 'sample-elsewhere' },
    ],
    [
      'rate 5',
      { unit: 'session', rate: 5 },
      `00000000${REST}`,
      {
        'test-kitchen-js': 'not-checked!',
        php: 'no-sampling!',
        java: 'unit-elsewhere!',
        kotlin: 'not-checked!',
        swift: 'sample-elsewhere!',
      },
    ],
    ['rate 0', { unit: 'session', rate: 0 }, `00000000${REST}`, { php: 'no-sampling!', swift: 'sample-elsewhere' }],
    [
      'device on the web',
      { unit: 'device', rate: 0.5 },
      `00000000${REST}`,
      { php: 'no-sampling!', java: 'unit-elsewhere!', kotlin: 'unknown-unit!', swift: 'sample-elsewhere!' },
    ],
    [
      'pageview on iOS',
      { unit: 'pageview', rate: 0.5 },
      `00000000${REST}`,
      { java: 'unit-elsewhere', swift: 'unknown-unit!' },
    ],
    [
      'an unknown unit',
      { unit: 'x', rate: 0.5 },
      `00000000${REST}`,
      { php: 'no-sampling!', java: 'unknown-unit!', kotlin: 'unit-drawn!', swift: 'sample-elsewhere' },
    ],
    [
      'no rate',
      { unit: 'session' },
      `00000000${REST}`,
      { php: 'no-sampling!', kotlin: 'other-defaults!', swift: 'sample-elsewhere' },
    ],
    ['a short id', { unit: 'session', rate: 0.5 }, 'abc', { java: 'unit-elsewhere!', kotlin: 'id-too-short!' }],
    [
      'an id with a letter beyond f',
      { unit: 'session', rate: 0.5 },
      `12zz5678${REST}`,
      { java: 'unit-elsewhere!', kotlin: 'id-not-hex!', swift: 'id-not-hex!' },
    ],
    [
      'a rate in quotes',
      { unit: 'session', rate: '0.5' },
      `00000000${REST}`,
      { java: 'unit-elsewhere', swift: 'not-decoded!' },
    ],
  ])('%s', (_, sample, id, expected) => {
    expect(disagreements({ producers, sample }, id)).toEqual(expected);
  });

  it('finds a reason exactly where a client disagrees, whatever the config, and never throws', () => {
    const sample = fc.oneof(
      fc.jsonValue(),
      fc.record({
        unit: fc.constantFrom<Json>('session', 'pageview', 'device', 'x', null),
        rate: fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), fc.constantFrom<Json>(0, 1, '0.5', null)),
      }),
    );
    const config = fc.record({ sample, producers: fc.constantFrom<Json>({}, producers, null) });
    const id = fc.oneof(fc.string(), fc.constant(null), fc.constant(undefined), fc.constant(`7fffffff${REST}`));
    fc.assert(
      fc.property(config, id, (config, id) => {
        const all = { session: id, pageview: id, device: id };
        const { clients } = compare(config as Json, all);
        const web = clients[0]?.asIs.verdict;
        for (const { asIs, asMeant, disagrees } of clients) {
          expect(disagrees !== null).toBe(asIs.verdict !== web || asMeant.verdict !== web);
          expect(SAMPLING_CODES).toContain(asIs.code);
          expect(asIs.sentence).not.toMatch(/\{\w+\}/);
        }
      }),
    );
  });

  it('leaves what is no config of an object as it is', () => {
    for (const config of [undefined, null, 'x', [1], {}, { sample: null }]) {
      expect(asClientReads('java', config)).toBe(config);
      expect(asClientReads('swift', config)).toBe(config);
    }
  });
});
