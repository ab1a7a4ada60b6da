/** The standalone client: before and after its stream configs have arrived. */

import { answered, dropped, sent, type Expected, type Target } from '../../wiki/expected.ts';
import { EVENT, HALF_IN, HALF_OUT, WEB_BASE, type Case } from '../case.ts';

/** The schema of `submitClick`. */
const WEB_BASE_5 = '/analytics/product_metrics/web/base/1.5.0';

type Configs = 'arrive' | 'delay' | 'fail';

function standalone(
  name: string,
  configs: Configs,
  call: string,
  expected: Expected[],
  more: Partial<Case> = {},
): Case {
  return {
    name: `metrics-client: ${name}`,
    ...(configs === 'arrive' ? {} : { query: `configs=${configs}`, alone: true as const }),
    call: `${AGENT} ${configs === 'arrive' ? ARRIVED : ''} ${call}`,
    expected,
    arrive: expected.filter(({ state }) => state === 'accepted').length,
    ...more,
  };
}

/** What a page tells the client of itself: without it, no event of its own making is valid. */
const AGENT = `metricsClient.integration.contextAttributes = {
  agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' } };`;
/** What it has to tell for the client to sample. */
const performer = (id: string): string =>
  `metricsClient.integration.contextAttributes.performer = { session_id: '${id}', pageview_id: '${id}' };`;
const ARRIVED = `while (metricsClient.state !== 2) await new Promise(resolve => setTimeout(resolve));`;
/** Has the stream configs arrive. */
const RELEASE = `while (metricsClient.state !== 2) await fetch('/_wiki/configs');`;

const submit = (stream: string, event = EVENT): string => `metricsClient.submit('${stream}', ${event});`;
const interact = (stream: string, action = 'click'): string =>
  `metricsClient.submitInteraction('${stream}', '${WEB_BASE}', '${action}', { element_id: 'x' });`;
const click = (stream: string): string => `metricsClient.submitClick('${stream}', { element_id: 'x' });`;

const submitted = (stream: string, more: Partial<Target> = {}): Target => ({
  api: 'submit',
  stream,
  action: 'click',
  schema: WEB_BASE,
  ...more,
});
const interacted = (stream: string, more: Partial<Target> = {}): Target =>
  submitted(stream, { api: 'submitInteraction', ...more });
const clicked = (stream: string): Target => ({ api: 'submitClick', stream, action: 'click' });
const waiting = (target: Target): Expected => ({
  ...target,
  state: 'waiting',
  reason: 'waiting-for-stream-configs',
  delivery: 'none',
});

const PAGE_VISIT = 'wiki.page_visit';

const BEFORE: Case[] = [
  standalone('submitted before the configs arrive', 'delay', `${submit(PAGE_VISIT)} ${RELEASE}`, [
    sent(submitted(PAGE_VISIT)),
  ]),
  standalone('submitted, and the configs do not arrive', 'delay', submit(PAGE_VISIT), [waiting(submitted(PAGE_VISIT))]),
  standalone('submitted, and the configs cannot be read', 'fail', submit(PAGE_VISIT), [waiting(submitted(PAGE_VISIT))]),
  standalone('submitted before, to a stream that is not configured', 'delay', `${submit('wiki.nowhere')} ${RELEASE}`, [
    dropped('stream-not-configured', submitted('wiki.nowhere')),
  ]),
  standalone('submitted before, out of sample', 'delay', `${performer(HALF_OUT)} ${submit('wiki.half')} ${RELEASE}`, [
    dropped('out-of-sample', submitted('wiki.half', { sampling: { rate: 0.5, inSample: false } })),
  ]),
  standalone('submitted before, without a schema', 'delay', `${submit(PAGE_VISIT, `{ action: 'click' }`)} ${RELEASE}`, [
    dropped('no-schema', { api: 'submit', stream: PAGE_VISIT }),
  ]),
  standalone('interaction before the configs arrive', 'delay', `${interact(PAGE_VISIT)} ${RELEASE}`, [
    dropped('lost-before-stream-configs', interacted(PAGE_VISIT)),
  ]),
  standalone('interaction before, without an action', 'delay', `${interact(PAGE_VISIT, '')} ${RELEASE}`, [
    dropped('no-action', { api: 'submitInteraction', stream: PAGE_VISIT }),
  ]),
  standalone('click before the configs arrive', 'delay', `${click(PAGE_VISIT)} ${RELEASE}`, [
    dropped('lost-before-stream-configs', clicked(PAGE_VISIT)),
  ]),
  standalone('in sample? before the configs arrive', 'delay', `metricsClient.isStreamInSample('${PAGE_VISIT}');`, [
    answered({ api: 'isStreamInSample', stream: PAGE_VISIT, answer: { inSample: false } }),
  ]),
  standalone(
    'more than the queue holds',
    'delay',
    `for (let i = 0; i < 130; i++) { ${submit(PAGE_VISIT)} } ${RELEASE}`,
    [
      ...Array.from({ length: 2 }, () => dropped('queue-full', submitted(PAGE_VISIT))),
      ...Array.from({ length: 128 }, () => sent(submitted(PAGE_VISIT))),
    ],
  ),
  standalone(
    'one event, submitted twice before',
    'delay',
    `const event = ${EVENT}; metricsClient.submit('${PAGE_VISIT}', event); metricsClient.submit('wiki.every_pageview', event);
    ${performer(HALF_OUT)} ${RELEASE}`,
    // the event is shared: the second call names its stream in it before the queue is sent
    [sent(submitted(PAGE_VISIT)), sent(submitted('wiki.every_pageview'))],
  ),
  standalone(
    'one that throws keeps those behind it waiting',
    'delay',
    `${submit('wiki.half')} ${submit(PAGE_VISIT)} ${RELEASE}`,
    [dropped('threw', submitted('wiki.half')), waiting(submitted(PAGE_VISIT))],
  ),
  standalone(
    'one that throws keeps those behind it waiting, until the next',
    'delay',
    `${submit('wiki.half')} ${submit(PAGE_VISIT)} ${RELEASE} ${submit('wiki.curious')}`,
    [dropped('threw', submitted('wiki.half')), sent(submitted(PAGE_VISIT)), sent(submitted('wiki.curious'))],
  ),
];

const AFTER: Case[] = [
  standalone('submit', 'arrive', submit(PAGE_VISIT), [sent(submitted(PAGE_VISIT))]),
  standalone('submitInteraction', 'arrive', interact(PAGE_VISIT), [sent(interacted(PAGE_VISIT))]),
  standalone('submitClick', 'arrive', click(PAGE_VISIT), [sent({ ...clicked(PAGE_VISIT), schema: WEB_BASE_5 })]),
  standalone('a stream that is not configured', 'arrive', `${submit('wiki.nowhere')} ${interact('wiki.nowhere')}`, [
    dropped('stream-not-configured', submitted('wiki.nowhere')),
    dropped('stream-not-configured', interacted('wiki.nowhere')),
  ]),
  standalone('a click for a stream that is not configured', 'arrive', click('wiki.nowhere'), [
    dropped('stream-not-configured', clicked('wiki.nowhere')),
  ]),
  standalone(
    'out of sample by a hair',
    'arrive',
    `${performer(HALF_OUT)} ${submit('wiki.half')} ${interact('wiki.half')}`,
    [
      dropped(
        'out-of-sample',
        submitted('wiki.half', {
          sampling: { unit: 'session', rate: 0.5, value: 0.5000000001164153, inSample: false },
        }),
      ),
      dropped('out-of-sample', interacted('wiki.half')),
    ],
  ),
  standalone('in sample by a hair', 'arrive', `${performer(HALF_IN)} ${submit('wiki.half')} ${click('wiki.half')}`, [
    sent(submitted('wiki.half', { sampling: { unit: 'session', rate: 0.5, inSample: true } })),
    sent(clicked('wiki.half')),
  ]),
  standalone('out of sample by pageview', 'arrive', `${performer(HALF_IN)} ${submit('wiki.rare_pageview')}`, [
    dropped('out-of-sample', submitted('wiki.rare_pageview', { sampling: { unit: 'pageview', inSample: false } })),
  ]),
  standalone(
    'no identifiers',
    'arrive',
    `try { ${submit('wiki.half')} } catch { /* it has none to sample by */ }`,
    [dropped('threw', submitted('wiki.half'))],
    { alone: true },
  ),
  standalone('in sample?', 'arrive', `${performer(HALF_IN)} metricsClient.isStreamInSample('wiki.half');`, [
    answered({ api: 'isStreamInSample', stream: 'wiki.half', answer: { inSample: true } }),
  ]),
  standalone('rate 0', 'arrive', submit('wiki.off'), [dropped('invalid-sample', submitted('wiki.off'))]),
  standalone('rate 2', 'arrive', interact('wiki.rate_of_two'), [
    dropped('invalid-sample', interacted('wiki.rate_of_two')),
  ]),
  standalone('sampled by device', 'arrive', submit('wiki.app_only'), [
    dropped('unknown-unit', submitted('wiki.app_only')),
  ]),
  standalone('no schema', 'arrive', `${submit(PAGE_VISIT, `{ action: 'click' }`)} ${submit(PAGE_VISIT, 'null')}`, [
    dropped('no-schema', { api: 'submit', stream: PAGE_VISIT }),
    dropped('no-schema', { api: 'submit', stream: PAGE_VISIT }),
  ]),
  standalone('no action', 'arrive', interact(PAGE_VISIT, ''), [
    dropped('no-action', { api: 'submitInteraction', stream: PAGE_VISIT }),
  ]),
  standalone('a stream that was moved', 'arrive', `${submit('wiki.moved')} ${interact('wiki.moved')}`, [
    sent(submitted(PAGE_VISIT, { redirectedFrom: 'wiki.moved' })),
    sent(interacted(PAGE_VISIT, { redirectedFrom: 'wiki.moved' })),
  ]),
  standalone('a stream that was moved nowhere', 'arrive', submit('wiki.moved_nowhere'), [
    dropped('redirect-target-not-configured', submitted('wiki.moved_nowhere')),
  ]),
  standalone('several events in one request', 'arrive', `for (let i = 0; i < 5; i++) { ${submit(PAGE_VISIT)} }`, [
    ...Array.from({ length: 5 }, () => sent(submitted(PAGE_VISIT))),
  ]),
  standalone(
    'the page is left',
    'arrive',
    `${submit(PAGE_VISIT)} ${interact(PAGE_VISIT)}`,
    [sent(submitted(PAGE_VISIT)), sent(interacted(PAGE_VISIT))],
    { leave: true },
  ),
  standalone(
    'a second client',
    'arrive',
    `const second = createMetricsClient(location.origin, '/v1/events?hasty=true');
    second.submit('wiki.curious', ${EVENT}); ${submit(PAGE_VISIT)}
    while (second.state !== 2) await new Promise(resolve => setTimeout(resolve));
    second.submit('wiki.curious', ${EVENT});`,
    [sent(submitted('wiki.curious')), sent(submitted(PAGE_VISIT)), sent(submitted('wiki.curious'))],
  ),
  standalone(
    'an event that the intake does not take',
    'arrive',
    submit(PAGE_VISIT, `{ $schema: '${WEB_BASE}', action: 'click' }`),
    [sent(submitted(PAGE_VISIT, { verdict: 'invalid' }))],
  ),
];

export const METRICS_CLIENT: Case[] = [...BEFORE, ...AFTER];
