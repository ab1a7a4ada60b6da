/** Each kind of rule, for each generation of clients: the first call of the page obeys, and only what may leave does. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryPolicy, Rule } from '../../src/record/override.ts';
import type { Json, Record } from '../../src/record/record.ts';
import type { Generation } from '../wiki/generation.ts';
import { BROWSERS, openWorld, report, times, until, type World } from './support/world.ts';

/** Out of sample at rate 0.5, just: 0.5000000001164153. */
const OUT = '80000000c0ffee00c0ff';
/** In sample at any rate. */
const IN = '00000000c0ffee00c0ff';
const LOADS = times(1, 50);

/** On the manifest's list, not a secure context, and here without a name server. */
const plainHost = (load: number) => `force-${load}.local.wmftest.net`;
const RESOLVED = {
  switches: ['--host-resolver-rules=MAP *.local.wmftest.net 127.0.0.1'],
  preferences: { 'network.dns.localDomains': Array.from({ length: LOADS + 1 }, (_, load) => plainHost(load)).join() },
};

interface Case {
  name: string;
  generations: Generation[];
  rules: Rule[];
  policy?: DeliveryPolicy;
  query: string;
  /** What the page's calls answered. */
  answers?: unknown;
  /** Names of streams, instruments and experiments, in the order of the alphabet: events that stay in the page … */
  held?: string[];
  /** … those that arrive at the wiki's intake … */
  received?: string[];
  /** … those that arrive at the user's own … */
  elsewhere?: string[];
  /** … and calls of which the client made none. */
  dropped?: string[];
}

const LIBRARY: Generation[] = ['1.39', '1.45', 'newest', 'standalone'];
const MEDIAWIKI: Generation[] = ['1.39', '1.45', 'newest'];
const KITCHENS: Generation[] = ['1.45', 'newest'];

/** Of a population of which nobody is, the session is; of one of which all are, the pageview is not. */
const isAsRuled = (answers: { [api: string]: boolean }) =>
  Object.keys(answers).length > 0 &&
  Object.entries(answers).every(([api, inSample]) => inSample === (api === 'sessionInSample'));

const CASES: Case[] = [
  {
    name: 'streams: in, out, at a rate',
    generations: MEDIAWIKI,
    rules: [
      { stream: 'wiki.rare', sample: 'in' },
      { stream: 'wiki.half', sample: 0.6 },
      { stream: 'wiki.every_pageview', sample: 'out' },
    ],
    query: 'submit=wiki.rare,wiki.page_visit,wiki.half,wiki.every_pageview&calls=streams',
    held: ['wiki.half', 'wiki.rare'],
    received: ['wiki.page_visit'],
    dropped: ['wiki.every_pageview'],
  },
  {
    name: 'streams: in, out, at a rate, of a page without identifiers',
    generations: ['standalone'],
    rules: [
      { stream: 'wiki.rare', sample: 'in' },
      { stream: 'wiki.half', sample: 0.6 },
      { stream: 'wiki.page_visit', sample: 'out' },
    ],
    query: 'submit=wiki.rare,wiki.page_visit,wiki.half,test.event',
    held: ['wiki.rare'],
    received: ['test.event'],
    dropped: ['wiki.half', 'wiki.page_visit'],
  },
  {
    name: 'instruments: in, out, at a rate',
    generations: KITCHENS,
    rules: [
      { instrument: 'wiki-rare', sample: 'in' },
      { instrument: 'wiki-half', sample: 0.6 },
      { instrument: 'wiki-search', sample: 'out' },
    ],
    query: 'instruments=wiki-rare,wiki-every-pageview,wiki-half,wiki-search&calls=instruments',
    held: ['wiki-half', 'wiki-rare'],
    received: ['wiki-every-pageview'],
    dropped: ['wiki-search'],
  },
  {
    name: 'a legacy schema',
    generations: MEDIAWIKI,
    rules: [{ schema: 'Test', sample: 'in' }],
    query: 'submit=wiki.page_visit&calls=schema,streams',
    held: ['eventlogging_Test'],
    received: ['wiki.page_visit'],
  },
  {
    name: 'legacy populations, identifiers, a stream config',
    generations: MEDIAWIKI,
    rules: [
      { population: 'session', sample: 'in' },
      { population: 'pageview', sample: 'out' },
      { session: IN },
      { pageview: `1${IN.slice(1)}` },
      { config: 'new.stream', value: { sample: { unit: 'pageview', rate: 0.1 } } },
    ],
    query: 'submit=new.stream,wiki.half&calls=population,identifiers,streams',
    answers: {
      population: expect.toSatisfy(isAsRuled),
      identifiers: { session: IN, pageview: `1${IN.slice(1)}` },
    },
    held: ['new.stream', 'wiki.half'],
  },
  {
    name: 'a stream config',
    generations: ['standalone'],
    rules: [{ config: 'new.stream', value: {} }],
    query: 'submit=new.stream,wiki.page_visit',
    held: ['new.stream', 'wiki.page_visit'],
  },
  {
    name: 'enrollments: a group, none',
    generations: KITCHENS,
    rules: [
      { experiment: 'wiki-nobody', group: 'treatment', as: 'enrolled' },
      { experiment: 'wiki-welcome', group: null, as: 'enrolled' },
    ],
    query: 'experiments=wiki-nobody,wiki-welcome&calls=experiments,assignments',
    answers: {
      experiments: ['treatment', null],
      assignments: { 'wiki-editing': 'control', 'wiki-forgotten': 'treatment', 'wiki-nobody': 'treatment' },
    },
    held: ['wiki-nobody'],
    dropped: ['wiki-welcome'],
  },
  {
    name: 'an enrollment as the platform overrides it',
    generations: KITCHENS,
    rules: [{ experiment: 'wiki-nobody', group: 'treatment', as: 'mpo' }],
    query: 'experiments=wiki-nobody,wiki-editing&calls=experiments',
    answers: { experiments: ['treatment', 'control'] },
    received: ['wiki-editing'],
    dropped: ['wiki-nobody'],
  },
  {
    name: 'no cookies',
    generations: ['newest'],
    rules: [{ cookies: 'off' }],
    query: 'experiments=wiki-editing&calls=cookies,experiments',
    answers: { cookies: false, experiments: ['control'] },
    dropped: ['wiki-editing'],
  },
  {
    name: 'an intake of this machine that is not hasty',
    generations: LIBRARY,
    rules: [{ hasty: 'off' }, { stream: 'wiki.rare', sample: 'in' }],
    query: 'submit=wiki.page_visit,wiki.rare&calls=streams',
    held: ['wiki.rare'],
    received: ['wiki.page_visit'],
  },
  {
    name: '`deliver`',
    generations: LIBRARY,
    rules: [{ stream: 'wiki.rare', sample: 'in' }],
    policy: 'deliver',
    query: 'submit=wiki.rare,wiki.page_visit&calls=streams',
    received: ['wiki.page_visit', 'wiki.rare'],
  },
  {
    name: '`hold-all`',
    generations: LIBRARY,
    rules: [{ stream: 'wiki.rare', sample: 'in' }],
    policy: 'hold-all',
    query: 'submit=wiki.rare,wiki.page_visit&calls=streams',
    held: ['wiki.page_visit', 'wiki.rare'],
  },
  {
    name: '`redirect`',
    generations: LIBRARY,
    rules: [{ stream: 'wiki.rare', sample: 'in' }],
    policy: 'redirect',
    query: 'submit=wiki.rare,wiki.page_visit&calls=streams',
    elsewhere: ['wiki.page_visit', 'wiki.rare'],
  },
];

const READY = `document.documentElement.dataset.clients === 'ready' && document.readyState === 'complete'`;

const field = (value: Json | undefined, key: string): Json | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value[key] : undefined;
/** The instrument or experiment of an event, else its stream. */
const labelOf = (event: Json): string =>
  String(
    field(event, 'instrument_name') ??
      field(field(event, 'experiment'), 'enrolled') ??
      field(field(event, 'meta'), 'stream'),
  );
const tagOf = (event: Json) => field(event, 'action_context') ?? field(field(event, 'event'), 'OtherMessage');

/** An intake of the user's own: another origin than the wiki. */
async function startIntake(): Promise<{ url: string; events: Json[]; server: Server }> {
  const events: Json[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (body) events.push(...([JSON.parse(body)] as Json[]).flat());
      response.writeHead(201, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }).end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`, events, server };
}

describe.each(BROWSERS)('%s', browser => {
  let world: World;
  let own: Awaited<ReturnType<typeof startIntake>>;
  let loaded = 0;
  beforeAll(async () => {
    own = await startIntake();
    world = await openWorld(browser, RESOLVED, { lingerSeconds: 600 });
  });
  afterAll(async () => {
    await world.close();
    own.server.close();
  });

  const isOver = ({ decision, delivery }: Record) =>
    decision.state === 'dropped' || !['queued', 'sent', 'none'].includes(delivery.state);
  const labels = (events: Json[], tag: string) =>
    events
      .filter(event => tagOf(event) === tag)
      .map(labelOf)
      .sort();

  /** One page load under the rules: what its calls answered, and what became of its events. */
  async function load(one: Case, generation: Generation, host: string) {
    const { page } = world.browser;
    const tag = `load-${++loaded}`;
    const { rules, policy = 'hold-forced' } = one;
    await world.override({ rules, policy, ...(policy === 'redirect' ? { target: own.url } : {}) });
    world.wiki.clearReceived();
    await page.goto(
      `http://${host}:${world.wiki.port}/wiki/Blank?generation=${generation}&session=${OUT}&tag=${tag}&${one.query}`,
    );
    await page.waitFor(READY, undefined, { what: `the clients of ${await page.url()}` });
    const answers = await page.evaluate(
      `(async all => { const entries = Object.entries(all); const found = {};
        for (const [name, answer] of entries) { const value = await answer; if (value !== undefined) found[name] = value; }
        return found; })(window.firstCalls ?? {})`,
    );
    /** The calls of this load that are no questions and wait for nothing; only these, since there may be many others. */
    const calls = () =>
      world.panel.evaluate<Record[]>(
        `inspector.records().filter(({ page, decision }) => page.url.includes('tag=${tag}&') && !['answered', 'waiting'].includes(decision.state))`,
      );
    const expected = [one.held, one.received, one.elsewhere, one.dropped].flatMap(names => names ?? []).length;
    const told = ({ instrument, experiment, stream, decision, delivery }: Record) =>
      `${instrument ?? experiment ?? stream}: ${decision.state} ${delivery.state}`;
    let records: Record[] = [];
    const once = (done: (found: Record[]) => boolean) =>
      until(`the calls under ${one.name}`, async () => done((records = await calls()))).catch((error: unknown) => {
        throw new Error(`${String(error)}\n${records.map(told).join('\n')}`);
      });
    await once(found => found.length >= expected);
    await world.panel.evaluate('inspector.flush()');
    await once(found => found.every(isOver));
    const of = (is: (record: Record) => boolean) =>
      records
        .filter(is)
        .map(({ instrument, experiment, stream }) => instrument ?? experiment ?? stream)
        .sort();
    return {
      answers,
      records: records.map(told),
      held: of(({ delivery }) => delivery.state === 'held'),
      dropped: of(({ decision }) => decision.state === 'dropped'),
      received: labels(
        world.wiki.received.flatMap(({ events }) => events),
        tag,
      ),
      elsewhere: labels(own.events, tag),
      hasty: world.wiki.received.map(({ url }) => url.includes('hasty')),
    };
  }

  for (const generation of LIBRARY) {
    it(`${generation}: the first call obeys each rule, and nothing else is held`, async () => {
      const cases = CASES.filter(({ generations }) => generations.includes(generation));
      for (const [index, one] of cases.entries()) {
        for (let round = 0; round < LOADS; round++) {
          // first navigations to an origin, of which one kind is no secure context, and origins that were seen
          const hosts = ['localhost', `f${loaded}.localhost`, plainHost(round)];
          const host = hosts[(index + round) % hosts.length] ?? '';
          const found = await load(one, generation, one.name.includes('hasty') ? 'localhost' : host);
          const what = `${one.name} at ${host}: ${found.records.join(', ')}`;
          if (one.answers) expect(found.answers, what).toEqual(one.answers);
          const { held = [], received = [], elsewhere = [], dropped = [] } = one;
          expect({ ...found, answers: 0, records: 0, hasty: 0 }, what).toEqual({
            ...{ held, received, elsewhere, dropped },
            ...{ answers: 0, records: 0, hasty: 0 },
          });
          if (one.name.includes('hasty')) expect(found.hasty, what).toEqual([false]);
        }
        report({ cell: 'force-rules', browser, generation, rule: one.name, loads: LOADS, obeyed: LOADS, leaked: 0 });
      }
    });
  }

  it('redirects what is sent while the page is left', async () => {
    const { page } = world.browser;
    await world.override({ rules: [{ stream: 'wiki.rare', sample: 'in' }], policy: 'redirect', target: own.url });
    own.events.length = 0;
    world.wiki.clearReceived();
    await page.goto(`${world.wiki.url}wiki/Blank?pagehide=5`);
    await page.waitFor(READY);
    await page.goto(`${world.wiki.url}wiki/Blank?clients=0`);
    const left = () => own.events.filter(event => field(event, 'action') === 'page_leave').length;
    await until('all five calls at the other intake', () => left() === 5);
    expect(world.wiki.received.flatMap(({ events }) => events)).toEqual([]);
  });

  it('keeps the exposure log aside: a held exposure does not suppress the real one', async () => {
    const { page } = world.browser;
    const exposures = (all: Record[], tag: string) =>
      all.filter(({ api, page: { url } }) => api === 'sendExposure' && url.includes(`tag=${tag}&`));
    const visit = async (tag: string) => {
      await page.goto(`${world.wiki.url}wiki/Blank?tag=${tag}&exposure=wiki-welcome&calls=exposure`);
      const all = await world.until(`the exposure of ${tag}`, records => {
        const mine = exposures(records, tag);
        return mine.length > 0 && mine.every(isOver);
      });
      return exposures(all, tag).map(({ decision, delivery }) => [decision.reason ?? decision.state, delivery.state]);
    };
    const LOG = `Object.keys(sessionStorage).filter(key => key.startsWith('tk_exposure'))`;
    await world.override({ rules: [{ exposures: 'clear' }], policy: 'hold-forced' });
    await page.goto(`${world.wiki.url}wiki/Blank`);
    await page.evaluate('sessionStorage.clear()');
    world.wiki.clearReceived();
    expect(await visit('held')).toEqual([['accepted', 'held']]);
    expect(await page.evaluate(LOG)).toEqual([]);
    await world.override(null);
    expect(await visit('real')).toEqual([['accepted', 'answered']]);
    expect(await page.evaluate(LOG)).toHaveLength(1);
    expect(world.wiki.received).toHaveLength(1);
    expect(await visit('again')).toEqual([['exposure-already-sent', 'none']]);
    await world.override({ rules: [{ exposures: 'clear' }], policy: 'hold-forced' });
    expect(await visit('cleared')).toEqual([['accepted', 'held']]);
    expect(world.wiki.received).toHaveLength(1);
    await world.override(null);
  });
});
