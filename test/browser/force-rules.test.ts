/** Each kind of rule, for each generation of clients: the first call of the page obeys, and only what may leave does. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { targetOf } from '../../src/overrides/rules.ts';
import type { Json, Record } from '../../src/record/record.ts';
import type { Generation } from '../wiki/generation.ts';
import { type Batch, batchesOf, type Fates, GENERATIONS, OUT } from './support/force-batches.ts';
import { type UserIntake, startIntake } from './support/user-intake.ts';
import { BROWSERS, openWorld, report, times, until, type World } from './support/world.ts';

const LOADS = times(3, 50);

/** On the manifest's list, not a secure context, and here without a name server. */
const plainHost = (load: number) => `force-${load}.local.wmftest.net`;
const RESOLVED = {
  switches: ['--host-resolver-rules=MAP *.local.wmftest.net 127.0.0.1'],
  preferences: { 'network.dns.localDomains': Array.from({ length: LOADS }, (_, load) => plainHost(load)).join() },
};

const READY = `document.documentElement.dataset.clients === 'ready' && document.readyState === 'complete'`;
/** What the page's calls answered. */
const ANSWERS = `(async all => { const found = {};
  for (const name of Object.keys(all)) { const value = await all[name]; if (value !== undefined) found[name] = value; }
  return found; })(window.firstCalls ?? {})`;

type Call = Pick<Record, 'instrument' | 'experiment' | 'stream' | 'decision' | 'delivery'> & { load: string };
/** The calls of loads, each of its load, that are no questions and wait for nothing: no more of them than is looked at. */
const callsOf = (tag: string) => `inspector.records()
  .filter(({ page, decision }) => page.url.includes('tag=${tag}') && !['answered', 'waiting'].includes(decision.state))
  .map(({ instrument, experiment, stream, decision, delivery, page }) =>
    ({ instrument, experiment, stream, decision, delivery, load: new URL(page.url).searchParams.get('tag') }))`;

const field = (value: Json | undefined, key: string): Json | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value[key] : undefined;
const nameOf = ({ instrument, experiment, stream }: Call): string => instrument ?? experiment ?? stream ?? '';
/** The instrument or experiment of an event, else its stream. */
const labelOf = (event: Json): string =>
  String(
    field(event, 'instrument_name') ??
      field(field(event, 'experiment'), 'enrolled') ??
      field(field(event, 'meta'), 'stream'),
  );
const tagOf = (event: Json) => field(event, 'action_context') ?? field(field(event, 'event'), 'OtherMessage');
const told = (call: Call) => `${nameOf(call)}: ${call.decision.state} ${call.delivery.state}`;
const IS_OVER = `({ decision, delivery }) =>
  decision.state === 'dropped' || !['queued', 'sent', 'none'].includes(delivery.state)`;

describe.each(BROWSERS)('%s', browser => {
  let world: World;
  let own: UserIntake;
  let batches = 0;
  beforeAll(async () => {
    own = await startIntake();
    world = await openWorld(browser, RESOLVED, { lingerSeconds: 600 });
  });
  afterAll(async () => {
    await world.close();
    own.close();
  });

  interface Load {
    tag: string;
    host: string;
    answers: unknown;
  }

  /** One page load under the rules, until nothing of it is under way: what its calls answered. */
  async function load(batch: Batch, generation: Generation, tag: string, host: string): Promise<Load> {
    const { page } = world.browser;
    const asked = `generation=${generation}&session=${OUT}&tag=${tag}&${batch.query}`;
    await page.goto(`http://${host}:${world.wiki.port}/wiki/Blank?${asked}`);
    await page.waitFor(READY, undefined, { what: `the clients of ${asked}` });
    const answers = await page.evaluate(ANSWERS);
    const expected = [batch.held, batch.received, batch.elsewhere, batch.dropped].flat().length;
    const once = (what: string, is: string) =>
      until(what, () => world.panel.evaluate<boolean>(`(calls => ${is})(${callsOf(tag)})`));
    await once('the calls', `calls.length >= ${expected}`);
    await world.panel.evaluate('inspector.flush()');
    await once('their end', `calls.every(${IS_OVER})`);
    return { tag, host, answers };
  }

  async function allObey(batch: Batch, generation: Generation): Promise<void> {
    const { rules, policy, answers, held, received, elsewhere, dropped } = batch;
    await world.override({ rules, policy, ...(policy === 'redirect' ? { target: own.url } : {}) });
    world.wiki.clearReceived();
    own.events.length = 0;
    const name = `batch-${++batches}`;
    const loads: Load[] = [];
    const missed: string[] = [];
    for (let round = 0; round < LOADS; round++) {
      // first navigations to an origin, of which one kind is no secure context, and an origin that was seen
      const host = [`f${batches}-${round}.localhost`, plainHost(round), 'localhost'][round % 3] ?? '';
      const tag = `${name}.${round}.`;
      try {
        loads.push(await load(batch, generation, tag, host));
      } catch (error) {
        const found = await world.panel.evaluate<Call[]>(callsOf(tag));
        missed.push(`${tag} at ${host}: ${String(error)}\n${found.map(told).join('\n')}`);
      }
    }
    // its record says that it was redirected before it has arrived
    await until('what is redirected', () => own.events.length >= loads.length * elsewhere.length);
    // whatever came late, of any load
    await world.browser.page.evaluate(`fetch('/_wiki/received').then(() => null)`);
    const calls = await world.panel.evaluate<Call[]>(callsOf(`${name}.`));
    for (const { tag, host, answers: answered } of loads) {
      const mine = calls.filter(call => call.load === tag);
      const named = (is: (call: Call) => boolean) => mine.filter(is).map(nameOf).sort();
      const arrived = (events: Json[]) =>
        events
          .filter(event => tagOf(event) === tag)
          .map(labelOf)
          .sort();
      const requests = world.wiki.received.filter(({ events }) => arrived(events).length > 0);
      // an intake of another machine stays as hasty as the page wants it
      const isHasty = !rules.some(rule => 'hasty' in rule) || host.includes('wmftest');
      try {
        const fates: Fates = {
          held: named(({ delivery }) => delivery.state === 'held'),
          received: arrived(world.wiki.received.flatMap(({ events }) => events)),
          elsewhere: arrived(own.events),
          dropped: named(({ decision }) => decision.state === 'dropped'),
        };
        expect(fates).toEqual({ held, received, elsewhere, dropped });
        if (generation !== 'standalone') expect(answered).toEqual(answers);
        expect(new Set(requests.map(({ url }) => url.includes('hasty')))).toEqual(new Set(received.map(() => isHasty)));
      } catch (error) {
        missed.push(`${tag} at ${host}: ${String(error)}\n${mine.map(told).join('\n')}`);
      }
    }
    const arrived = world.wiki.received.flatMap(({ events }) => events.map(labelOf));
    const leaked = arrived.filter(label => !received.includes(label));
    for (const target of rules.map(targetOf)) {
      const rule = `${target.kind} ${target.name}`.trim();
      report({
        cell: 'force-rules',
        ...{ browser, generation, policy, rule },
        ...{ loads: LOADS, obeyed: LOADS - missed.length, leaked: leaked.length },
      });
    }
    expect({ missed, leaked }).toEqual({ missed: [], leaked: [] });
    expect(arrived).toHaveLength(LOADS * received.length);
    expect(own.events).toHaveLength(LOADS * elsewhere.length);
  }

  describe.each(GENERATIONS)('%s: the first call obeys each rule, and nothing else is held', generation => {
    it.each(batchesOf(generation))('$name', batch => allObey(batch, generation));
  });
});
