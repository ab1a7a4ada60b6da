/** `mw.eventLog.submit` and `submitInteraction`: what all generations have in common, and what the newest two have. */

import { dropped, sent, type Expected, type Target } from '../../wiki/expected.ts';
import { EVENT, HALF_IN, NEVER, WEB_BASE, type Case } from '../case.ts';

export function submits(name: string, stream: string, expected: Expected, more: Partial<Case> = {}): Case {
  const call = `mw.eventLog.submit('${stream}', ${EVENT});`;
  return {
    name: `submit: ${name}`,
    call,
    expected: [expected],
    arrive: expected.state === 'accepted' ? 1 : 0,
    ...more,
  };
}

export const submitted = (stream: string, more: Partial<Target> = {}): Target => ({
  api: 'submit',
  stream,
  action: 'click',
  ...more,
});

/** Over the 64 KiB that may be in flight (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch); Firefox takes it. */
const LARGE = `mw.eventLog.submit('wiki.page_visit', { ...${EVENT}, action_context: 'x'.repeat(70000) });`;

/** A second client, as other extensions make it. */
const OWN_CLIENT = `const { newMetricsClient, DefaultEventSubmitter } = mw.loader.require('ext.eventLogging.metricsPlatform');`;

/** In every generation. */
export const SUBMIT_ALWAYS: Case[] = [
  submits('a valid event', 'wiki.page_visit', sent(submitted('wiki.page_visit', { schema: WEB_BASE }))),
  submits(
    'an event that its schema refuses',
    'wiki.page_visit',
    sent(submitted('wiki.page_visit', { verdict: 'invalid' })),
    {
      call: `mw.eventLog.submit('wiki.page_visit', { $schema: '${WEB_BASE}', action: 'click', colour: 'red' });`,
    },
  ),
  submits(
    'a schema that is not of the stream',
    'test.event',
    sent(submitted('test.event', { verdict: 'unauthorized-stream' })),
  ),
  submits(
    'a schema that nobody has',
    'wiki.page_visit',
    sent(submitted('wiki.page_visit', { verdict: 'unknown-schema' })),
    {
      call: `mw.eventLog.submit('wiki.page_visit', { ...${EVENT}, $schema: '/analytics/product_metrics/web/base/9.9.9' });`,
    },
  ),
  submits(
    'no $schema',
    'wiki.page_visit',
    dropped('no-schema', submitted('wiki.page_visit', { verdict: 'no-schema' })),
    {
      call: `mw.eventLog.submit('wiki.page_visit', { action: 'click' });`,
    },
  ),
  submits('an empty $schema', 'wiki.page_visit', dropped('no-schema', submitted('wiki.page_visit')), {
    call: `mw.eventLog.submit('wiki.page_visit', { $schema: '', action: 'click' });`,
  }),
  submits(
    'no event',
    'wiki.page_visit',
    dropped('no-schema', { api: 'submit', stream: 'wiki.page_visit', verdict: 'none' }),
    {
      call: `mw.eventLog.submit('wiki.page_visit', null);`,
    },
  ),
  submits(
    'an event that throws',
    'wiki.page_visit',
    dropped('threw', { api: 'submit', stream: 'wiki.page_visit', agrees: false }),
    {
      call: `try { mw.eventLog.submit('wiki.page_visit', { get $schema() { throw new Error('as it is read'); } }); } catch {}`,
    },
  ),
  submits(
    'a stream that is not configured',
    'wiki.no_such_stream',
    dropped('stream-not-configured', submitted('wiki.no_such_stream', { verdict: 'unknown-stream' })),
  ),
  submits(
    'a stream that is configured, but not for the client',
    'wiki.unregistered',
    dropped('stream-not-configured', submitted('wiki.unregistered', { verdict: 'valid' })),
  ),
  submits(
    'a stream named as a property of Object.prototype, which the client takes for a config',
    'toString',
    sent(submitted('toString', { verdict: 'unknown-stream', agrees: false })),
  ),
  submits(
    'out of sample by session',
    'wiki.rare',
    dropped(
      'out-of-sample',
      submitted('wiki.rare', { verdict: 'valid', sampling: { unit: 'session', inSample: false } }),
    ),
  ),
  submits(
    'out of sample by a hair',
    'wiki.half',
    dropped(
      'out-of-sample',
      submitted('wiki.half', { sampling: { unit: 'session', rate: 0.5, value: 0.5000000001164153, inSample: false } }),
    ),
  ),
  submits(
    'in sample by a hair',
    'wiki.half',
    sent(
      submitted('wiki.half', { sampling: { unit: 'session', rate: 0.5, value: 0.4999999998835847, inSample: true } }),
    ),
    { session: HALF_IN },
  ),
  submits(
    'the one identifier that is out at rate 1',
    'mediawiki.web_ui_actions',
    dropped(
      'out-of-sample',
      submitted('mediawiki.web_ui_actions', { sampling: { rate: 1, value: 1, inSample: false } }),
    ),
    { session: NEVER },
  ),
  submits(
    'out of sample by pageview',
    'wiki.rare_pageview',
    dropped('out-of-sample', submitted('wiki.rare_pageview', { sampling: { unit: 'pageview', inSample: false } })),
  ),
  submits(
    'in sample by pageview',
    'wiki.every_pageview',
    sent(submitted('wiki.every_pageview', { sampling: { unit: 'pageview', rate: 1, inSample: true } })),
  ),
  submits('rate 0', 'wiki.off', dropped('invalid-sample', submitted('wiki.off'))),
  submits('rate 2', 'wiki.rate_of_two', dropped('invalid-sample', submitted('wiki.rate_of_two'))),
  submits('sampled by device', 'wiki.app_only', dropped('unknown-unit', submitted('wiki.app_only'))),
  submits(
    'stream configs switched off',
    'wiki.no_such_stream',
    sent(submitted('wiki.no_such_stream', { verdict: 'unknown-stream' })),
    { query: 'streams=0' },
  ),
  submits(
    'no intake',
    'wiki.page_visit',
    dropped('no-intake-url', submitted('wiki.page_visit', { verdict: 'valid' })),
    {
      query: 'intake=0',
    },
  ),
  submits('answered after validation', 'wiki.page_visit', sent(submitted('wiki.page_visit', { status: 201 })), {
    query: 'hasty=0',
  }),
  submits(
    'refused after validation',
    'wiki.page_visit',
    sent(submitted('wiki.page_visit', { verdict: 'invalid', status: 400 })),
    {
      query: 'hasty=0',
      call: `mw.eventLog.submit('wiki.page_visit', { $schema: '${WEB_BASE}', action: 'click', colour: 'red' });`,
    },
  ),
  {
    name: 'submit: the same object twice',
    call: `const event = ${EVENT}; mw.eventLog.submit('wiki.page_visit', event); mw.eventLog.submit('wiki.page_visit', event);`,
    expected: [sent(submitted('wiki.page_visit')), sent(submitted('wiki.page_visit'))],
    arrive: 2,
  },
  {
    name: 'submit: one object to three streams, the last of which is what is sent of both that are in sample',
    call: `const event = ${EVENT};
      for (const stream of ['wiki.page_visit', 'wiki.half', 'wiki.every_pageview']) mw.eventLog.submit(stream, event);`,
    expected: [
      sent({ api: 'submit', action: 'click' }),
      dropped('out-of-sample', submitted('wiki.half')),
      sent(submitted('wiki.every_pageview')),
    ],
    arrive: 2,
  },
  submits(
    'an event that its owner changes before the queue is flushed',
    'wiki.page_visit',
    sent({ api: 'submit', stream: 'wiki.page_visit' }),
    {
      call: `const event = ${EVENT}; mw.eventLog.submit('wiki.page_visit', event); event.action = 'changed';`,
    },
  ),
  submits(
    'more than a beacon takes',
    'wiki.page_visit',
    { ...sent(submitted('wiki.page_visit')), delivery: 'refused' },
    { browser: 'chromium', call: LARGE, arrive: 0 },
  ),
  submits('more than a beacon takes elsewhere', 'wiki.page_visit', sent(submitted('wiki.page_visit')), {
    browser: 'firefox',
    call: LARGE,
  }),
  submits('by a reference that was kept', 'wiki.page_visit', sent(submitted('wiki.page_visit')), {
    call: `const { submit } = mw.eventLog; submit('wiki.page_visit', ${EVENT});`,
  }),
  submits('while the page is left', 'wiki.page_visit', sent(submitted('wiki.page_visit')), {
    leave: true,
    call: `window.addEventListener('pagehide', () => mw.eventLog.submit('wiki.page_visit', ${EVENT}), { once: true });`,
  }),
];

/** From 1.45 on. */
export const SUBMIT: Case[] = [
  ...SUBMIT_ALWAYS,
  submits('redirected', 'wiki.moved', sent(submitted('wiki.page_visit', { redirectedFrom: 'wiki.moved' }))),
  submits(
    'redirected to a stream that is not configured',
    'wiki.moved_nowhere',
    dropped('redirect-target-not-configured', submitted('wiki.moved_nowhere')),
  ),
  submits(
    'a dt and a meta of its own, which the client overwrites',
    'wiki.page_visit',
    sent(submitted('wiki.page_visit')),
    {
      call: `mw.eventLog.submit('wiki.page_visit', { ...${EVENT}, dt: 'never', meta: { stream: 'wiki.half' } });`,
    },
  ),
  {
    name: 'submit: a client of the page itself, with a submitter of the library',
    call: `${OWN_CLIENT} newMetricsClient({ 'wiki.own': {} }, new DefaultEventSubmitter('/v1/events?hasty=true')).submit('wiki.own', ${EVENT});`,
    expected: [sent(submitted('wiki.own', { verdict: 'unknown-stream' }))],
    arrive: 1,
  },
  {
    name: 'submit: a client of the page itself, with a submitter of its own that sends nothing',
    call: `${OWN_CLIENT} newMetricsClient({ 'wiki.page_visit': {} }, { submitEvent() {} }).submit('wiki.page_visit', ${EVENT});`,
    expected: [{ ...sent(submitted('wiki.page_visit')), delivery: 'queued' }],
    arrive: 0,
  },
  {
    name: 'submit: a client of the page itself, out of its sample',
    call: `${OWN_CLIENT} newMetricsClient({ 'wiki.page_visit': { sample: { unit: 'session', rate: 0.5 } } }).submit('wiki.page_visit', ${EVENT});`,
    expected: [
      dropped(
        'out-of-sample',
        submitted('wiki.page_visit', { sampling: { unit: 'session', rate: 0.5, inSample: false } }),
      ),
    ],
    arrive: 0,
  },
];

export function interacts(name: string, args: string, expected: Expected, more: Partial<Case> = {}): Case {
  const call = `mw.eventLog.submitInteraction(${args});`;
  return {
    name: `submitInteraction: ${name}`,
    call,
    expected: [expected],
    arrive: expected.state === 'accepted' ? 1 : 0,
    ...more,
  };
}

export const interaction = (stream: string, more: Partial<Target> = {}): Target => ({
  api: 'submitInteraction',
  stream,
  action: 'click',
  ...more,
});

export const INTERACTION: Case[] = [
  interacts(
    'a valid one',
    `'mediawiki.web_ui_actions', '/analytics/mediawiki/product_metrics/web_ui_actions/1.0.2', 'click', { element_id: 'x' }`,
    sent(interaction('mediawiki.web_ui_actions', { sampling: { unit: 'session', rate: 1, inSample: true } })),
  ),
  interacts(
    'its stream asks for an attribute that its schema refuses',
    `'wiki.curious', '${WEB_BASE}', 'click'`,
    sent(interaction('wiki.curious', { verdict: 'invalid' })),
  ),
  interacts(
    'data that replaces the action',
    `'wiki.page_visit', '${WEB_BASE}', 'click', { action: 'hover' }`,
    sent(interaction('wiki.page_visit', { action: 'hover' })),
  ),
  interacts(
    'data that does not replace a missing action',
    `'wiki.page_visit', '${WEB_BASE}', '', { action: 'hover' }`,
    dropped('no-action', { api: 'submitInteraction', stream: 'wiki.page_visit' }),
  ),
  interacts(
    'data that does not replace the $schema',
    `'wiki.page_visit', '${WEB_BASE}', 'click', { $schema: '/nobody/has/this/1.0.0' }`,
    sent(interaction('wiki.page_visit', { schema: WEB_BASE })),
  ),
  interacts(
    'no action',
    `'wiki.page_visit', '${WEB_BASE}', ''`,
    dropped('no-action', { api: 'submitInteraction', stream: 'wiki.page_visit' }),
  ),
  interacts(
    'no action, of a stream that is not configured',
    `'wiki.no_such_stream', '${WEB_BASE}'`,
    dropped('no-action', { api: 'submitInteraction', stream: 'wiki.no_such_stream' }),
  ),
  interacts(
    'a stream that is not configured',
    `'wiki.no_such_stream', '${WEB_BASE}', 'click'`,
    dropped('stream-not-configured', interaction('wiki.no_such_stream')),
  ),
  interacts(
    'no $schema',
    `'wiki.page_visit', undefined, 'click'`,
    dropped('no-schema', interaction('wiki.page_visit')),
  ),
  interacts(
    'out of sample',
    `'wiki.rare', '${WEB_BASE}', 'click'`,
    dropped('out-of-sample', interaction('wiki.rare', { verdict: 'valid' })),
  ),
  interacts('rate 0', `'wiki.off', '${WEB_BASE}', 'click'`, dropped('invalid-sample', interaction('wiki.off'))),
  interacts(
    'sampled by device',
    `'wiki.app_only', '${WEB_BASE}', 'click'`,
    dropped('unknown-unit', interaction('wiki.app_only')),
  ),
  interacts(
    'redirected',
    `'wiki.moved', '${WEB_BASE}', 'click'`,
    sent(interaction('wiki.page_visit', { redirectedFrom: 'wiki.moved' })),
  ),
];
