/** `mw.xLab`: `getExperiment`, `getInstrument`, what they answer, and the overrides. */

import { answered, dropped, sent, type Expected, type Target } from '../../wiki/expected.ts';
import { HALF_IN, STREAM, type Case } from '../case.ts';

const WEB_BASE_5 = '/analytics/product_metrics/web/base/1.5.0';
/** The schema of all instruments of the library that have none of their own. */
const WEB_BASE_4 = '/analytics/product_metrics/web/base/1.4.3';

function xlab(name: string, call: string, expected: Expected[], query = ''): Case {
  return {
    name: `xlab: ${name}`,
    ...(query && { query }),
    call,
    expected,
    arrive: expected.filter(({ state }) => state === 'accepted').length,
  };
}

const asked = (experiment: string, group: string | null): Expected =>
  answered({ api: 'getExperiment', experiment, answer: { group } });
const from = (experiment: string, more: Partial<Target> = {}): Target => ({
  api: 'send',
  experiment,
  action: 'click',
  stream: STREAM,
  schema: WEB_BASE_5,
  ...more,
});

/** A question for an experiment, and what becomes of one `send`. `then` comes before it, such as `.setStream('a')`. */
function experiment(
  name: string,
  of: string,
  group: string | null,
  one: Expected,
  { then = '', send = `send('click')`, query = '' } = {},
): Case {
  const call = `const one = mw.xLab.getExperiment('${of}'); ${then && `one${then};`} one.${send};`;
  return xlab(name, call, [asked(of, group), one], query);
}

/** The same, of a logged-out reader who is in the group `treatment`, with another stream. */
const streamed = (name: string, stream: string, one: Expected): Case =>
  experiment(name, 'wiki-welcome', 'treatment', one, { then: `.setStream('${stream}')` });

const WELCOME = from('wiki-welcome');

const EXPERIMENTS: Case[] = [
  experiment('enrolled', 'wiki-welcome', 'treatment', sent(WELCOME)),
  experiment('enrolled by account', 'wiki-editing', 'control', sent(from('wiki-editing'))),
  experiment(
    'submitInteraction',
    'wiki-welcome',
    'treatment',
    sent(from('wiki-welcome', { api: 'submitInteraction' })),
    {
      send: `submitInteraction('click', { action_source: 'menu' })`,
    },
  ),
  // no sampling unit, which the schema wants
  experiment(
    'enrolled, but not active',
    'wiki-forgotten',
    'treatment',
    sent(from('wiki-forgotten', { verdict: 'invalid' })),
  ),
  experiment('active, but not enrolled', 'wiki-nobody', null, dropped('not-enrolled', from('wiki-nobody'))),
  experiment('unheard of', 'wiki-unheard-of', null, dropped('not-enrolled', from('wiki-unheard-of'))),
  experiment(
    'submitInteraction, not enrolled',
    'wiki-nobody',
    null,
    dropped('not-enrolled', from('wiki-nobody', { api: 'submitInteraction' })),
    { send: `submitInteraction('click')`, then: `.setStream('wiki.page_visit')` },
  ),
  experiment('overridden', 'wiki-palette', 'blue', dropped('enrollment-overridden', from('wiki-palette')), {
    query: 'mpo=wiki-palette:blue',
  }),
  experiment(
    'overridden over an enrollment',
    'wiki-welcome',
    'control',
    dropped('enrollment-overridden', from('wiki-welcome', { api: 'submitInteraction' })),
    {
      query: 'mpo=wiki-welcome:control;wiki-palette:blue',
      send: `submitInteraction('click', { action_source: 'menu' })`,
    },
  ),
  // whose config says nothing of edge uniques: the intake cannot fill in the subject
  streamed(
    'another stream',
    'wiki.page_visit',
    sent(from('wiki-welcome', { stream: 'wiki.page_visit', verdict: 'hoisting-failed' })),
  ),
  experiment(
    'another stream, by account',
    'wiki-editing',
    'control',
    sent(from('wiki-editing', { stream: 'wiki.page_visit' })),
    {
      then: `.setStream('wiki.page_visit')`,
    },
  ),
  streamed(
    'a stream that is not registered',
    'wiki.unregistered',
    dropped('stream-not-configured', from('wiki-welcome', { stream: 'wiki.unregistered' })),
  ),
  streamed(
    'a stream out of sample',
    'wiki.rare',
    dropped(
      'out-of-sample',
      from('wiki-welcome', { stream: 'wiki.rare', sampling: { unit: 'session', inSample: false } }),
    ),
  ),
  streamed(
    'a stream out of sample by pageview',
    'wiki.rare_pageview',
    dropped(
      'out-of-sample',
      from('wiki-welcome', { stream: 'wiki.rare_pageview', sampling: { unit: 'pageview', inSample: false } }),
    ),
  ),
  streamed('a stream at rate 0', 'wiki.off', dropped('invalid-sample', from('wiki-welcome', { stream: 'wiki.off' }))),
  streamed(
    'a stream sampled by device',
    'wiki.app_only',
    dropped('unknown-unit', from('wiki-welcome', { stream: 'wiki.app_only' })),
  ),
  experiment(
    'a stream that was moved',
    'wiki-editing',
    'control',
    sent(from('wiki-editing', { stream: 'wiki.page_visit', redirectedFrom: 'wiki.moved' })),
    { then: `.setStream('wiki.moved')` },
  ),
  streamed(
    'a stream that was moved nowhere',
    'wiki.moved_nowhere',
    dropped('redirect-target-not-configured', from('wiki-welcome', { stream: 'wiki.moved_nowhere' })),
  ),
  experiment(
    'another schema',
    'wiki-welcome',
    'treatment',
    sent(from('wiki-welcome', { schema: '/analytics/product_metrics/web/base/9.9.9', verdict: 'unknown-schema' })),
    { then: `.setSchema('/analytics/product_metrics/web/base/9.9.9')` },
  ),
  experiment('no schema', 'wiki-welcome', 'treatment', dropped('no-schema', from('wiki-welcome', { schema: '' })), {
    then: `.setSchema('')`,
  }),
  experiment(
    'no action',
    'wiki-welcome',
    'treatment',
    dropped('no-action', { api: 'send', experiment: 'wiki-welcome', stream: STREAM }),
    { send: 'send()' },
  ),
  xlab(
    'two events in one request',
    `const one = mw.xLab.getExperiment('wiki-welcome'); one.send('click'); one.send('hover'); one.send('click');`,
    [asked('wiki-welcome', 'treatment'), sent(WELCOME), sent(from('wiki-welcome', { action: 'hover' })), sent(WELCOME)],
  ),
  {
    ...xlab('the page is left', `mw.xLab.getExperiment('wiki-welcome').send('click');`, [
      asked('wiki-welcome', 'treatment'),
      sent(WELCOME),
    ]),
    leave: true,
  },
  xlab(
    'its MetricsClient, used directly',
    `mw.xLab.getExperiment('wiki-editing').metricsClient.submitInteraction('${STREAM}', '${WEB_BASE_5}', 'click');`,
    [
      asked('wiki-editing', 'control'),
      sent({ api: 'submitInteraction', stream: STREAM, schema: WEB_BASE_5, action: 'click' }),
    ],
  ),
  xlab('assignments', 'mw.xLab.getAssignments();', [
    answered({ api: 'getAssignments', answer: { 'wiki-welcome': 'treatment', 'wiki-editing': 'control' } }),
  ]),
  xlab(
    'no enrollments at all',
    `const known = mw.config.get('wgMetricsPlatformUserExperiments');
    mw.config.set('wgMetricsPlatformUserExperiments', null);
    mw.xLab.getAssignments();
    mw.xLab.getExperiment('wiki-welcome').send('click');
    mw.config.set('wgMetricsPlatformUserExperiments', known);`,
    [answered({ api: 'getAssignments', answer: {} }), asked('wiki-welcome', null), dropped('not-enrolled', WELCOME)],
  ),
];

const asksFor = (instrument: string): Expected =>
  answered({ api: 'getInstrument', instrument, answer: { stream: instrument, schema: WEB_BASE_4 } });
const by = (instrument: string, more: Partial<Target> = {}): Target => ({
  api: 'submitInteraction',
  instrument,
  action: 'click',
  schema: WEB_BASE_4,
  ...more,
});
/** An instrument is a stream of its own, whose events go to another one. */
const redirected = (instrument: string, more: Partial<Target> = {}): Expected =>
  sent(by(instrument, { stream: STREAM, redirectedFrom: instrument, ...more }));

function instrument(
  name: string,
  of: string,
  one: Expected,
  { call = `submitInteraction('click')`, session }: { call?: string; session?: string } = {},
): Case {
  const asking = xlab(name, `mw.xLab.getInstrument('${of}').${call};`, [asksFor(of), one]);
  return session === undefined ? asking : { ...asking, session };
}

const inSample = (api: string, of: string, answer: boolean): Expected =>
  answered({ api, instrument: of, answer: { inSample: answer } });

const INSTRUMENTS: Case[] = [
  instrument('instrument', 'wiki-search', redirected('wiki-search')),
  instrument('instrument by pageview', 'wiki-every-pageview', redirected('wiki-every-pageview')),
  instrument('instrument without a sample', 'wiki-unsampled', redirected('wiki-unsampled')),
  instrument('instrument in sample by a hair', 'wiki-half', redirected('wiki-half'), { session: HALF_IN }),
  instrument(
    'instrument out of sample by a hair',
    'wiki-half',
    dropped('out-of-sample', by('wiki-half', { sampling: { rate: 0.5, value: 0.5000000001164153, inSample: false } })),
  ),
  instrument(
    'instrument out of sample',
    'wiki-rare',
    dropped('out-of-sample', by('wiki-rare', { api: 'submitClick' })),
    {
      call: `submitClick({ element_id: 'x' })`,
    },
  ),
  instrument('instrument at rate 0', 'wiki-off', dropped('invalid-sample', by('wiki-off'))),
  instrument('instrument sampled by device', 'wiki-app-only', dropped('unknown-unit', by('wiki-app-only'))),
  instrument('instrument unknown', 'wiki-nobody-knows', dropped('unknown-instrument', by('wiki-nobody-knows'))),
  instrument(
    'instrument of a stream that is not configured',
    'wiki-moved-nowhere',
    dropped('redirect-target-not-configured', by('wiki-moved-nowhere')),
  ),
  instrument('instrument, submitClick', 'wiki-search', redirected('wiki-search', { api: 'submitClick' }), {
    call: `submitClick({ element_id: 'x', element_friendly_name: 'y' })`,
  }),
  xlab(
    'instrument, submitClick without data',
    `try { mw.xLab.getInstrument('wiki-search').submitClick(); } catch { /* it writes into what it is given */ }`,
    [asksFor('wiki-search'), dropped('threw', { api: 'submitClick', instrument: 'wiki-search', agrees: false })],
  ),
  instrument(
    'instrument without an action',
    'wiki-search',
    dropped('no-action', { api: 'submitInteraction', instrument: 'wiki-search' }),
    { call: `submitInteraction()` },
  ),
  instrument(
    'instrument with another schema',
    'wiki-search',
    redirected('wiki-search', { schema: '/analytics/product_metrics/web/base/9.9.9', verdict: 'unknown-schema' }),
    { call: `setSchemaID('/analytics/product_metrics/web/base/9.9.9').submitInteraction('click')` },
  ),
  instrument('instrument, is it enabled', 'wiki-search', inSample('isEnabled', 'wiki-search', true), {
    call: 'isEnabled()',
  }),
  instrument('instrument, is it in sample', 'wiki-rare', inSample('isStreamInSample', 'wiki-rare', false), {
    call: 'isStreamInSample()',
  }),
  instrument(
    'instrument unknown, is it enabled',
    'wiki-nobody-knows',
    inSample('isEnabled', 'wiki-nobody-knows', false),
    {
      call: 'isEnabled()',
    },
  ),
  xlab(
    'one instrument, three times',
    `const one = mw.xLab.getInstrument('wiki-search'); for (let i = 0; i < 3; i++) one.submitInteraction('click');`,
    [asksFor('wiki-search'), ...Array.from({ length: 3 }, () => redirected('wiki-search'))],
  ),
];

/** An override loads the page again, with what its cookie says: here without the cookie, for the cases to come. */
function override(api: string, given: string, record: Omit<Target, 'api'>): Case {
  const call = `setTimeout(() => { mw.xLab.${api}(${given}); mw.cookie.set('mpo', null); });`;
  return { ...xlab(api, call, [answered({ api, ...record })]), reloads: true };
}

const OVERRIDES: Case[] = [
  override('overrideExperimentGroup', `'wiki-welcome', 'control'`, {
    experiment: 'wiki-welcome',
    answer: { group: 'control' },
  }),
  override('clearExperimentOverride', `'wiki-welcome'`, { experiment: 'wiki-welcome', answer: { group: null } }),
  override('clearExperimentOverrides', '', { answer: { group: null } }),
];

export const XLAB: Case[] = [...EXPERIMENTS, ...INSTRUMENTS, ...OVERRIDES];
