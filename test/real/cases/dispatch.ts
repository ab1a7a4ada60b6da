/** `mw.eventLog.dispatch`, until 1.45: one event for each stream that takes events of its name. */

import { dropped, sent, type Expected, type Target } from '../../wiki/expected.ts';
import { HALF_IN, type Case } from '../case.ts';

function dispatches(name: string, args: string, expected: Expected[], more: Partial<Case> = {}): Case {
  return {
    name: `dispatch: ${name}`,
    call: `mw.eventLog.dispatch(${args});`,
    expected,
    arrive: expected.filter(({ state }) => state === 'accepted').length,
    ...more,
  };
}

interface Ways {
  /** The schema that the generation's client gives to such events. */
  schema: string;
  /** Whether it comes to a stream's name before it asks for the stream's curation: else what is curated has none. */
  namesCurated: boolean;
}

export function dispatch({ schema, namesCurated }: Ways): Case[] {
  const to = (stream: string, action: string, more: Partial<Target> = {}): Target => ({
    api: 'dispatch',
    stream,
    action,
    schema,
    ...more,
  });
  const none = (action: string, more: Partial<Target> = {}): Target => ({ api: 'dispatch', action, ...more });
  const nothing = (action: string): Expected => ({ ...none(action), state: 'dropped', reason: null, delivery: 'none' });
  const curated = (action: string): Expected => ({ ...to('wiki.metrics_event_curated', action), ...nothing(action) });

  return [
    dispatches('one stream', `'wiki.one'`, [sent(to('wiki.metrics_event', 'wiki.one'))]),
    dispatches('one stream, by the beginning of the name', `'wiki.one.more', { with_data: 1, and_null: null }`, [
      sent(to('wiki.metrics_event', 'wiki.one.more')),
    ]),
    dispatches('several streams, some out of sample', `'wiki.several', { some: 'data' }`, [
      sent(to('wiki.metrics_event', 'wiki.several')),
      dropped(
        'out-of-sample',
        to('wiki.metrics_event_second', 'wiki.several', { sampling: { unit: 'session', rate: 0.5, inSample: false } }),
      ),
      dropped(
        'out-of-sample',
        to('wiki.metrics_event_rare', 'wiki.several', { sampling: { unit: 'pageview', inSample: false } }),
      ),
    ]),
    dispatches(
      'several streams, more in sample',
      `'wiki.several'`,
      [
        sent(to('wiki.metrics_event', 'wiki.several')),
        sent(
          to('wiki.metrics_event_second', 'wiki.several', { sampling: { unit: 'session', rate: 0.5, inSample: true } }),
        ),
        dropped('out-of-sample', to('wiki.metrics_event_rare', 'wiki.several')),
      ],
      { session: HALF_IN },
    ),
    dispatches('rate 0', `'wiki.off'`, [dropped('invalid-sample', to('wiki.metrics_event_off', 'wiki.off'))]),
    dispatches('sampled by device', `'wiki.app'`, [dropped('unknown-unit', to('wiki.metrics_event_app', 'wiki.app'))]),
    dispatches('a stream that is moved, which here is not', `'wiki.moved'`, [
      sent(to('wiki.metrics_event_moved', 'wiki.moved')),
    ]),
    dispatches('no stream', `'nobody.listens'`, [dropped('no-stream-for-event', none('nobody.listens'))]),
    dispatches('a key that is not in snake case', `'wiki.one', { camelCase: 1 }`, [nothing('wiki.one')]),
    dispatches('stream configs switched off', `'wiki.one'`, [dropped('no-stream-for-event', none('wiki.one'))], {
      query: 'streams=0',
    }),
    dispatches('no intake', `'wiki.one'`, [dropped('no-intake-url', to('wiki.metrics_event', 'wiki.one'))], {
      query: 'intake=0',
    }),
    dispatches(
      'curated, and this one is wanted',
      `'wiki.curated'`,
      [sent(to('wiki.metrics_event', 'wiki.curated')), sent(to('wiki.metrics_event_curated', 'wiki.curated'))],
      { query: 'user=Reader' },
    ),
    dispatches('curated, and this one is not wanted', `'wiki.only_curated'`, [
      namesCurated ? curated('wiki.only_curated') : nothing('wiki.only_curated'),
    ]),
    dispatches('curated, and one stream wants it', `'wiki.curated'`, [
      sent(to('wiki.metrics_event', 'wiki.curated')),
      ...(namesCurated ? [curated('wiki.curated')] : []),
    ]),
    dispatches('while the page is left', `'wiki.one'`, [sent(to('wiki.metrics_event', 'wiki.one'))], {
      leave: true,
      call: `window.addEventListener('pagehide', () => mw.eventLog.dispatch('wiki.one'), { once: true });`,
    }),
  ];
}
