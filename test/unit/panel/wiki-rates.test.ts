import { expect, it } from 'vitest';
import { ratesOf } from '../../../src/panel/sampling/wiki-rates.ts';
import type { FetchAnswer } from '../../../src/wire/protocol.ts';

const answers =
  (texts: { [url: string]: unknown }) =>
  (url: string): Promise<FetchAnswer> =>
    url in texts
      ? Promise.resolve({ ok: true, status: 200, text: JSON.stringify(texts[url]) })
      : Promise.reject(new Error('no such host'));
const api = (host: string) => `https://${host}/w/api.php?action=streamconfigs&format=json&formatversion=2&streams=a.b`;

it('has the rate of a stream on each wiki, or why there is none', async () => {
  const read = answers({
    [api('en.wiki.example')]: { streams: { 'a.b': { sample: { unit: 'session', rate: 0.01 } } } },
    [api('de.wiki.example')]: { streams: { 'a.b': {} } },
    [api('test.wiki.example')]: { streams: [] },
    [api('odd.wiki.example')]: { streams: { 'a.b': { sample: { rate: '1' } } } },
  });
  const hosts = 'en.wiki.example, de.wiki.example test.wiki.example odd.wiki.example gone.example';
  expect(
    (await ratesOf({ kind: 'stream', name: 'a.b' }, hosts, read)).map(({ wiki, unit, rate, why }) => [
      wiki,
      unit,
      rate,
      why,
    ]),
  ).toEqual([
    ['en.wiki.example', 'session', 0.01, null],
    ['de.wiki.example', null, 1, null],
    ['test.wiki.example', null, null, 'not-configured'],
    ['odd.wiki.example', null, null, 'malformed'],
    ['gone.example', null, null, 'unread'],
  ]);
});

it("has the rates of an instrument as Test Kitchen's API names them", async () => {
  const URL = 'https://kitchen.example/instruments';
  const entry = { name: 'mine', sample_unit: 'pageview', sample_rate: { default: 0.1, '0.5': ['enwiki', 'dewiki'] } };
  const target = { kind: 'instrument' as const, name: 'mine' };
  expect(await ratesOf(target, URL, answers({ [URL]: [entry] }))).toMatchObject([
    { wiki: null, unit: 'pageview', rate: 0.1 },
    { wiki: 'enwiki', rate: 0.5 },
    { wiki: 'dewiki', rate: 0.5 },
  ]);
  expect(await ratesOf(target, URL, answers({ [URL]: [] }))).toMatchObject([{ why: 'not-configured' }]);
  expect(await ratesOf(target, URL, answers({}))).toMatchObject([{ why: 'unread' }]);
});
