/** `mw.eventLog.logEvent`, `mw.track('event.*')` and `mw.eventLog.Schema`. */

import { dropped, sent } from '../../wiki/expected.ts';
import type { Case } from '../case.ts';

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
  {
    name: 'Schema#log: in sample',
    call: `new mw.eventLog.Schema('Test', 1, { OtherMessage: 'default' }).log({});`,
    expected: [sent({ api: 'track', stream: 'eventlogging_Test' })],
    arrive: 1,
  },
];
