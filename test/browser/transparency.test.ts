/** A page cannot tell: the same random calls give the same beacons, return values and exceptions, with and without us. */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTwins, type Twins } from './support/twins.ts';
import { BROWSERS, times } from './support/world.ts';

const CALLS = 200;

/** What a call is given: JSON, or something that the page makes of its name. */
const MADE = [
  'undefined', 'NaN', '-0', 'bigint', 'symbol', 'function', 'date', 'cycle', 'shared', 'getter', 'throwing getter',
  'toJSON', 'throwing toJSON', 'proxy', 'throwing proxy', 'revoked proxy', 'no prototype', 'frozen', '__proto__',
  'lone surrogate', 'sparse', 'class', 'long',
]; // prettier-ignore
const made = fc.constantFrom(...MADE).map(made => ({ made }));

const streams = fc.constantFrom(
  'wiki.page_visit',
  'wiki.half',
  'wiki.rare',
  'wiki.off',
  'wiki.moved',
  'nowhere',
  'toString',
);
const schemas = fc.constantFrom('/analytics/product_metrics/web/base/1.3.0', '/nowhere/1.0.0', '');
const legacy = fc.constantFrom('Test', 'OldTest', 'Nowhere', '');
const names = fc.constantFrom(
  'wiki-search',
  'wiki-half',
  'wiki-welcome',
  'wiki-editing',
  'wiki-palette',
  'nowhere',
  '',
);
const actions = fc.constantFrom('page_visit', 'click', '');
const data = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.dictionary(
      fc.constantFrom('action_context', 'element_id', '__proto__', 'toJSON'),
      fc.jsonValue({ maxDepth: 2 }),
      { maxKeys: 3 },
    ),
  },
  { weight: 2, arbitrary: fc.record({ $schema: schemas, action: fc.oneof(actions, made), more: made }) },
  { weight: 1, arbitrary: made },
);
const events = fc.oneof(fc.record({ $schema: schemas, action: actions, action_context: fc.string() }), data);
const bad = fc.oneof(made, fc.jsonValue({ maxDepth: 1 }));
const mostly = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: arbitrary as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: bad });
const call = (path: string, ...args: fc.Arbitrary<unknown>[]) =>
  fc.record({
    path: fc.constant(path),
    args: fc.tuple(...args.map(mostly)).chain(all => fc.nat(9).map(cut => (cut ? all : all.slice(0, 1)))),
  });
/** A call on what another call answers. */
const then = (path: string, name: fc.Arbitrary<unknown>, on: string, ...args: fc.Arbitrary<unknown>[]) =>
  fc.record({
    path: fc.constant(path),
    args: fc.tuple(mostly(name)),
    on: fc.constant(on),
    more: fc.tuple(...args.map(mostly)),
  });

const calls = fc.oneof(
  { weight: 4, arbitrary: call('mw.eventLog.submit', streams, events) },
  { weight: 3, arbitrary: call('mw.eventLog.submitInteraction', streams, schemas, actions, data) },
  call('mw.eventLog.submitClick', streams, data),
  call('mw.eventLog.dispatch', fc.constantFrom('wiki.event', 'wiki'), data),
  call('mw.eventLog.logEvent', legacy, data),
  call('mw.eventLog.pageviewInSample', fc.integer()),
  call('mw.eventLog.sessionInSample', fc.integer()),
  call('mw.eventLog.inSample', fc.integer()),
  call('mw.eventLog.eventInSample', fc.integer()),
  call('mw.eventLog.newInstrument', fc.constantFrom('name'), streams, schemas),
  { weight: 2, arbitrary: call('mw.track', fc.constantFrom('event.Test', 'event.OldTest', 'event.', 'other'), data) },
  call('mw.testKitchen.getInstrument', names),
  call('mw.testKitchen.getExperiment', names),
  call('mw.testKitchen.compat.getExperiment', names),
  then('mw.testKitchen.getInstrument', names, 'send', actions, data),
  then('mw.testKitchen.getInstrument', names, 'submitInteraction', actions, data),
  then('mw.testKitchen.compat.getExperiment', names, 'send', actions, data),
  then('mw.testKitchen.compat.getExperiment', names, 'sendExposure'),
  then('mw.testKitchen.getExperiment', names, 'send', actions, data),
  call('mw.xLab.getAssignments'),
  then('mw.xLab.getInstrument', names, 'send', actions, data),
  then('mw.xLab.getInstrument', names, 'submitInteraction', actions, data),
  then('mw.xLab.getExperiment', names, 'send', actions, data),
  { weight: 2, arbitrary: call('metricsClient.submit', streams, events) },
  call('metricsClient.submitInteraction', streams, schemas, actions, data),
  call('metricsClient.submitClick', streams, data),
  call('navigator.sendBeacon', fc.constantFrom('/v1/events', '/v1/events?hasty=true', 'http://['), fc.oneof(fc.string(), made)),
  call('fetch', fc.constantFrom('/v1/events?by=fetch', '/w/api.php?by=fetch'), fc.record({ method: fc.constantFrom('POST', 'post', 'PUT'), body: fc.string() })),
  call('xhr', fc.constantFrom('/v1/events?by=xhr', '/beacon/event?by=xhr'), fc.string()),
); // prettier-ignore

/** Runs in the page: makes the calls, and tells of each what it answered or threw, at once or later. */
const RUN = `
  const runs = { getter: 0, toJSON: 0 };
  const make = {
    undefined: () => undefined, NaN: () => NaN, '-0': () => -0, bigint: () => 10n, symbol: () => Symbol('s'),
    function: () => () => runs.function++, date: () => new Date(0), class: () => new (class A { #own = 1; a = 1; get b() { runs.getter++; return 2; } })(),
    cycle: () => { const one = { action: 'a' }; one.one = one; return one; },
    shared: () => { const one = { a: [1] }; return { one, two: one, list: [one, one] }; },
    getter: () => ({ get action() { runs.getter++; return 'click'; }, get $schema() { runs.getter++; return '/a/1.0.0'; } }),
    'throwing getter': () => ({ get action() { runs.getter++; throw new RangeError('action'); } }),
    toJSON: () => ({ action: 'a', toJSON() { runs.toJSON++; return { action: 'b' }; } }),
    'throwing toJSON': () => ({ action: 'a', toJSON() { runs.toJSON++; throw new RangeError('toJSON'); } }),
    proxy: () => new Proxy({ action: 'a' }, {}),
    'throwing proxy': () => new Proxy({}, { get() { throw new RangeError('get'); }, ownKeys() { throw new RangeError('ownKeys'); },
      getOwnPropertyDescriptor() { throw new RangeError('describe'); }, getPrototypeOf() { throw new RangeError('prototype'); } }),
    'revoked proxy': () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; },
    'no prototype': () => Object.assign(Object.create(null), { action: 'a' }), frozen: () => Object.freeze({ action: 'a' }),
    __proto__: () => JSON.parse('{"__proto__": {"action": "a"}, "action": "b"}'), 'lone surrogate': () => '\\ud800', sparse: () => [1, , 3],
    long: () => 'x'.repeat(300),
  };
  const real = value => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(real);
    if (Object.hasOwn(value, 'made')) return make[value.made]();
    for (const key of Object.keys(value)) Object.defineProperty(value, key, { value: real(value[key]), writable: true, enumerable: true, configurable: true });
    return value;
  };
  const xhr = (url, body) => { const request = new XMLHttpRequest(); request.open('POST', url, false); const answer = request.send(body); return [answer, request.status].join(); };
  const results = [];
  for (const { path, args, on, more } of calls) {
    const parts = path.split('.');
    const key = parts.pop();
    const holder = parts.reduce((object, part) => object?.[part], globalThis);
    const call = path === 'xhr' ? () => xhr(...real(args)) : typeof holder?.[key] !== 'function' ? () => 'not there' : () => holder[key](...real(args));
    let answer;
    const told = attempt(() => {
      answer = call();
      if (!on) return answer;
      const next = object => attempt(() => object[on](...real(more)));
      if (!(answer instanceof Promise)) return next(answer);
      return answer = answer.then(next);
    });
    const later = answer instanceof Promise
      ? await answer.then(value => value instanceof Response ? value.status : show(value), error => 'rejected ' + error?.message) : null;
    if (results.push([path, on, told, later]) % 50 === 0) await settle();
  }
  return { results, runs };`;

const GENERATIONS = ['newest', '1.45', '1.39', 'standalone'];

describe.each(BROWSERS)('%s', name => {
  let twins: Twins;
  beforeAll(async () => {
    twins = await openTwins(name);
  });
  afterAll(() => twins.close());

  it.each(GENERATIONS)(`${CALLS} random calls of the clients, %s`, async generation => {
    const path = `wiki/Blank?generation=${generation}&session=00000000c0ffee00c0ff`;
    await fc.assert(
      fc.asyncProperty(fc.array(calls, { minLength: CALLS, maxLength: CALLS, size: 'max' }), async list => {
        const script = `const calls = JSON.parse(${JSON.stringify(JSON.stringify(list))});${RUN}`;
        const first = await twins.without(path, script);
        expect(first.arrived.length).toBeGreaterThan(0);
        expect(await twins.without(path, script)).toEqual(first);
        expect(await twins.with(path, script)).toEqual(first);
      }),
      { numRuns: times(1, 10), seed: 3, endOnFailure: true },
    );
    await twins.world.until('records', records => records.length > 0);
  });
});
