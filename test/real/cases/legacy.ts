/** `mw.eventLog.logEvent`, `mw.track('event.*')` and `mw.eventLog.Schema`. */

import { answered, dropped, sent, type Expected, type Target } from '../../wiki/expected.ts';
import type { Case } from '../case.ts';

/** What `new mw.eventLog.Schema(...).log(...)` comes to. */
function logs(name: string, schema: string, data: string, expected: Expected): Case {
  const call = `new mw.eventLog.Schema(${schema}).log(${data});`;
  return { name: `Schema#log: ${name}`, call, expected: [expected], arrive: expected.state === 'accepted' ? 1 : 0 };
}
const logged = (more: Partial<Target> = {}): Target => ({
  api: 'Schema#log',
  stream: 'eventlogging_Test',
  schema: '/analytics/legacy/test/1.2.0',
  ...more,
});
const OUT: Partial<Target> = { sampling: { unit: 'pageview', value: null, inSample: false } };

export const LEGACY: Case[] = [
  {
    name: 'logEvent: a migrated schema',
    call: `mw.eventLog.logEvent('Test', { OtherMessage: 'hello' });`,
    expected: [sent({ api: 'logEvent', stream: 'eventlogging_Test', schema: '/analytics/legacy/test/1.2.0' })],
    arrive: 1,
  },
  {
    name: 'logEvent: a migrated schema that refuses the event',
    call: `mw.eventLog.logEvent('Test', { colour: 'red' });`,
    expected: [sent({ api: 'logEvent', stream: 'eventlogging_Test', verdict: 'invalid' })],
    arrive: 1,
  },
  {
    name: 'logEvent: a revision of old',
    call: `mw.eventLog.logEvent('OldTest', { message: 'hello' });`,
    expected: [sent({ api: 'logEvent', verdict: 'no-schema' })],
    arrive: 1,
  },
  {
    name: 'logEvent: a schema that nobody knows, which goes out all the same',
    call: `mw.eventLog.logEvent('Nobody', { message: 'hello' });`,
    expected: [sent({ api: 'logEvent', verdict: 'no-schema' })],
    arrive: 1,
  },
  {
    name: 'logEvent: an address that is too long',
    call: `mw.eventLog.logEvent('OldTest', { message: 'x'.repeat(2500) });`,
    expected: [dropped('url-too-long', { api: 'logEvent' })],
    arrive: 0,
  },
  {
    name: 'logEvent: no intake',
    query: 'intake=0',
    call: `mw.eventLog.logEvent('OldTest', { message: 'hello' });`,
    expected: [dropped('no-intake-url', { api: 'logEvent' })],
    arrive: 0,
  },
  {
    name: 'track: a migrated schema, whose name begins with a small letter',
    call: `mw.track('event.test', { OtherMessage: 'hello' });`,
    expected: [sent({ api: 'track', stream: 'eventlogging_Test' })],
    arrive: 1,
  },
  {
    name: 'track: a revision of old',
    call: `mw.track('event.OldTest', { message: 'hello' });`,
    expected: [sent({ api: 'track', verdict: 'no-schema' })],
    arrive: 1,
  },
  {
    name: 'track: before the client is there, which then takes it',
    query: 'early=1',
    call: '',
    expected: [sent({ api: 'track', stream: 'eventlogging_Test' })],
    arrive: 1,
  },
  {
    name: 'track: where the client never comes',
    query: 'clients=0',
    call: `mw.track('event.Test', { OtherMessage: 'hello' });`,
    expected: [
      {
        api: 'track',
        stream: 'eventlogging_Test',
        state: 'waiting',
        reason: 'waiting-for-subscriber',
        delivery: 'none',
      },
    ],
    arrive: 0,
  },
  {
    name: 'track: another topic, which is no event',
    call: `mw.track('counter.test', 1);`,
    expected: [],
    arrive: 0,
  },
  logs('in sample', `'Test', 1, { OtherMessage: 'default' }`, '{}', sent(logged())),
  logs('without a rate', `'Test'`, `{ OtherMessage: 'hello' }`, sent(logged())),
  logs('a revision of old', `'OldTest'`, `{ message: 'hello' }`, sent({ api: 'Schema#log', verdict: 'no-schema' })),
  logs(
    'an address that is too long',
    `'OldTest'`,
    `{ message: 'x'.repeat(2500) }`,
    dropped('url-too-long', { api: 'Schema#log' }),
  ),
  logs('out of sample', `'Test', 1e-9`, `{ OtherMessage: 'hello' }`, dropped('out-of-sample', logged(OUT))),
  logs(
    'out of sample by its own rate',
    `'Test', 1`,
    `{ OtherMessage: 'x' }, 1e-9`,
    dropped('out-of-sample', logged(OUT)),
  ),
  logs('in sample by its own rate', `'Test', 1e-9`, `{ OtherMessage: 'x' }, 1`, sent(logged())),
  logs('rate 0', `'Test', 0`, `{ OtherMessage: 'x' }`, dropped('out-of-sample', logged())),
];

/** In or out of one in so many, by the remainder of the session of these cases (0x80000000), or of any pageview. */
const asks = (api: string, unit: string, size: string, inSample: boolean, population?: number) => ({
  name: `${api}: one in ${size || 'nothing'}`,
  call: `mw.eventLog.${api}(${size});`,
  expected: [
    answered({
      api,
      answer: { inSample },
      sampling: { unit, inSample, value: null, ...(population === undefined ? {} : { population }) },
    }),
  ],
  arrive: 0,
});

const bySession = (api: string): Case[] => [
  asks(api, 'session', '1', true, 1),
  asks(api, 'session', '2', true, 2),
  asks(api, 'session', '3', false, 3),
  asks(api, 'session', '0', false, 0),
  asks(api, 'session', '', false),
];
const byPageview = (api: string): Case[] => [
  asks(api, 'pageview', '1', true, 1),
  asks(api, 'pageview', '4294967296', false, 4294967296),
  asks(api, 'pageview', '0', false, 0),
];

export const SAMPLING: { [generation in '1.39' | '1.45' | 'newest']: Case[] } = {
  '1.39': [...bySession('sessionInSample'), ...byPageview('eventInSample'), ...byPageview('inSample')],
  '1.45': [
    ...bySession('sessionInSample'),
    ...byPageview('eventInSample'),
    ...byPageview('inSample'),
    ...byPageview('pageviewInSample'),
  ],
  newest: [...bySession('sessionInSample'), ...byPageview('pageviewInSample')],
};
