import { describe, expect, it } from 'vitest';
import {
  instrumentConfigOn,
  instrumentRateOn,
  instrumentRates,
  streamSamples,
} from '../../../../src/platform/explain/rates.ts';

const entry = {
  sample_unit: 'pageview',
  sample_rate: { default: 0.1, '0.01': ['enwiki', 'dewiki'], '1': ['testwiki'] },
};

describe('instrumentRates', () => {
  it('has the default first, then each wiki', () => {
    const rates = instrumentRates(entry).map(({ wiki, rate }) => [wiki, rate]);
    expect(rates[0]).toEqual([null, 0.1]);
    expect(Object.fromEntries(rates.slice(1))).toEqual({ enwiki: 0.01, dewiki: 0.01, testwiki: 1 });
    expect(instrumentRateOn(entry, 'dewiki')).toMatchObject({ wiki: 'dewiki', unit: 'pageview', rate: 0.01 });
    expect(instrumentRateOn(entry, 'frwiki')).toMatchObject({ wiki: 'frwiki', rate: 0.1 });
    expect(instrumentConfigOn(entry, 'testwiki')).toEqual({ sample: { rate: 1, unit: 'pageview' } });
  });

  it('is 0 by session without rates, and where they are no numbers', () => {
    expect(instrumentRates({})).toEqual([{ wiki: null, unit: 'session', rate: 0, malformed: false, ambiguous: false }]);
    expect(instrumentRates({ sample_rate: { default: '0x1' } })[0]).toMatchObject({ rate: 0, malformed: true });
    expect(instrumentRates({ sample_rate: { default: ' 5e-1' } })[0]).toMatchObject({ rate: 0.5, malformed: false });
    expect(instrumentRateOn({ sample_rate: { default: 1, much: ['enwiki'] } }, 'enwiki')).toMatchObject({
      rate: 0,
      malformed: true,
    });
  });

  it('says where a wiki has two rates', () => {
    expect(instrumentRateOn({ sample_rate: { default: 1, '0.1': ['a'], '0.2': ['a'] } }, 'a')).toMatchObject({
      rate: 0.1,
      ambiguous: true,
    });
  });

  it.each([
    null,
    5,
    'x',
    [],
    { sample_rate: null },
    { sample_rate: 'x' },
    { sample_rate: { default: 1, '0.1': 'enwiki' } },
  ])('survives %j', entry => {
    expect(instrumentRates(entry)).toHaveLength(1);
  });
});

describe('streamSamples', () => {
  it('puts the wikis side by side', () => {
    const answers = {
      enwiki: { streams: { s: { sample: { unit: 'session', rate: 0.01 } } } },
      dewiki: { streams: { s: {} } },
      frwiki: { streams: {} },
      xwiki: null,
    };
    expect(streamSamples(answers, 's')).toEqual([
      { wiki: 'enwiki', sample: { unit: 'session', rate: 0.01 } },
      { wiki: 'dewiki', sample: null },
      { wiki: 'frwiki', sample: undefined },
      { wiki: 'xwiki', sample: undefined },
    ]);
  });
});
