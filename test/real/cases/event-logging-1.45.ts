/** EventLogging near 2025-10: with clicks, and instruments of its own. */

import { answered, dropped, sent, type Expected, type Target } from '../../wiki/expected.ts';
import { HALF_IN, WEB_BASE, type Case } from '../case.ts';
import { dispatch } from './dispatch.ts';
import { INTERACTION, interaction, interacts, SUBMIT } from './event-logging.ts';
import { LEGACY, SAMPLING } from './legacy.ts';

const METRICS_EVENT = '/analytics/mediawiki/client/metrics_event/2.1.0';
/** The schema of clicks and of instruments that are given none. */
const CLICK = '/analytics/product_metrics/web/base/1.4.3';

/** A schema that nobody has. */
const NOBODY_S = '/analytics/product_metrics/web/base/9.9.9';

const clicked = (stream: string, more: Partial<Target> = {}): Target =>
  interaction(stream, { api: 'submitClick', ...more });

function clicks(name: string, stream: string, expected: Expected, more: Partial<Case> = {}): Case {
  return {
    ...interacts(name, '', expected, { call: `mw.eventLog.submitClick('${stream}', { element_id: 'x' });`, ...more }),
    name: `submitClick: ${name}`,
  };
}

const CLICKS: Case[] = [
  clicks('a valid one', 'wiki.page_visit', sent(clicked('wiki.page_visit', { schema: CLICK }))),
  clicks('without data', 'wiki.page_visit', sent(clicked('wiki.page_visit')), {
    call: `mw.eventLog.submitClick('wiki.page_visit');`,
  }),
  clicks('a stream that is not configured', 'wiki.nowhere', dropped('stream-not-configured', clicked('wiki.nowhere'))),
  clicks(
    'out of sample',
    'wiki.half',
    dropped('out-of-sample', clicked('wiki.half', { sampling: { unit: 'session', rate: 0.5, inSample: false } })),
  ),
  clicks('in sample by a hair', 'wiki.half', sent(clicked('wiki.half')), { session: HALF_IN }),
  clicks('rate 0', 'wiki.off', dropped('invalid-sample', clicked('wiki.off'))),
  clicks('sampled by device', 'wiki.app_only', dropped('unknown-unit', clicked('wiki.app_only'))),
  clicks('redirected', 'wiki.moved', sent(clicked('wiki.page_visit', { redirectedFrom: 'wiki.moved' }))),
  clicks(
    'redirected to a stream that is not configured',
    'wiki.moved_nowhere',
    dropped('redirect-target-not-configured', clicked('wiki.moved_nowhere')),
  ),
  clicks('no intake', 'wiki.page_visit', dropped('no-intake-url', clicked('wiki.page_visit')), { query: 'intake=0' }),
  clicks('stream configs switched off', 'wiki.nowhere', sent(clicked('wiki.nowhere', { verdict: 'unknown-stream' })), {
    query: 'streams=0',
  }),
];

interface Made {
  args: string;
  instrument?: string;
  stream: string;
  schema?: string;
}

/** The instrument of `newInstrument(args)`, as `one` in `call`. */
function instruments(
  name: string,
  { args, instrument, stream, schema = CLICK }: Made,
  call: string,
  then: Expected[],
): Case {
  const made = { api: 'newInstrument', stream, schema, ...(instrument === undefined ? {} : { instrument }) };
  return {
    name: `newInstrument: ${name}`,
    call: `const one = mw.eventLog.newInstrument(${args}); ${call}`,
    expected: [answered({ ...made, answer: { stream, schema } }), ...then],
    arrive: then.filter(({ state }) => state === 'accepted').length,
  };
}

const ONE: Made = { args: `'wiki.page_visit'`, instrument: 'wiki.page_visit', stream: 'wiki.page_visit' };
const TWO: Made = { args: `'wiki.page_visit', '${WEB_BASE}'`, stream: 'wiki.page_visit', schema: WEB_BASE };
const THREE: Made = { ...TWO, args: `'wiki-menu', 'wiki.page_visit', '${WEB_BASE}'`, instrument: 'wiki-menu' };
const of = (stream: string): Made => ({
  args: `'wiki-menu', '${stream}', '${WEB_BASE}'`,
  instrument: 'wiki-menu',
  stream,
  schema: WEB_BASE,
});
const from = ({ instrument, stream, schema = CLICK }: Made, more: Partial<Target> = {}): Target =>
  interaction(stream, { schema, ...(instrument === undefined ? {} : { instrument }), ...more });
const click = (made: Made, more: Partial<Target> = {}): Target =>
  from(made, { api: 'submitClick', schema: CLICK, ...more });
const asks = (api: string, made: Made, inSample: boolean, more: Partial<Target> = {}): Expected =>
  answered({ api, stream: made.stream, answer: { inSample }, ...more });

const INTERACT = `one.submitInteraction('click', { element_id: 'x' });`;

const INSTRUMENTS: Case[] = [
  instruments('one argument', ONE, INTERACT, [sent(from(ONE))]),
  instruments('two arguments', TWO, INTERACT, [sent(from(TWO))]),
  instruments('three arguments', THREE, INTERACT, [sent(from(THREE))]),
  instruments('without data', THREE, `one.submitInteraction('click');`, [sent(from(THREE))]),
  instruments('three times', THREE, INTERACT.repeat(3), [sent(from(THREE)), sent(from(THREE)), sent(from(THREE))]),
  instruments('no action', THREE, `one.submitInteraction('');`, [
    dropped('no-action', { api: 'submitInteraction', stream: 'wiki.page_visit', instrument: 'wiki-menu' }),
  ]),
  instruments('a stream that is not configured', of('wiki.nowhere'), INTERACT, [
    dropped('stream-not-configured', from(of('wiki.nowhere'))),
  ]),
  instruments('out of sample', of('wiki.half'), INTERACT, [
    dropped('out-of-sample', from(of('wiki.half'), { sampling: { unit: 'session', rate: 0.5, inSample: false } })),
  ]),
  instruments('rate 0', of('wiki.off'), INTERACT, [dropped('invalid-sample', from(of('wiki.off')))]),
  instruments('sampled by device', of('wiki.app_only'), INTERACT, [dropped('unknown-unit', from(of('wiki.app_only')))]),
  instruments('redirected', of('wiki.moved'), INTERACT, [
    sent(from({ ...of('wiki.moved'), stream: 'wiki.page_visit' }, { redirectedFrom: 'wiki.moved' })),
  ]),
  instruments('a click, whose schema is always the same', THREE, `one.submitClick({ element_id: 'x' });`, [
    sent(click(THREE)),
  ]),
  instruments('a click without data, which throws', THREE, `try { one.submitClick(); } catch {}`, [
    dropped('threw', { api: 'submitClick', instrument: 'wiki-menu', stream: 'wiki.page_visit', agrees: false }),
  ]),
  instruments('a click, out of sample', of('wiki.half'), `one.submitClick({});`, [
    dropped('out-of-sample', click(of('wiki.half'))),
  ]),
  instruments('another name', THREE, `one.setInstrumentName('wiki-other'); ${INTERACT}`, [
    sent(from({ ...THREE, instrument: 'wiki-other' })),
  ]),
  instruments('another schema', THREE, `one.setSchemaID('${CLICK}'); ${INTERACT}`, [
    sent(from({ ...THREE, schema: CLICK })),
  ]),
  instruments('a schema that nobody has', THREE, `one.setSchemaID('${NOBODY_S}'); ${INTERACT}`, [
    sent(from({ ...THREE, schema: NOBODY_S }, { verdict: 'unknown-schema' })),
  ]),
  instruments('in sample?', THREE, `one.isStreamInSample(); one.isEnabled();`, [
    asks('isStreamInSample', THREE, true),
    asks('isEnabled', THREE, true),
  ]),
  instruments('in sample? It is not', of('wiki.half'), `one.isStreamInSample(); one.isEnabled();`, [
    asks('isStreamInSample', of('wiki.half'), false, { sampling: { unit: 'session', rate: 0.5, inSample: false } }),
    asks('isEnabled', of('wiki.half'), false),
  ]),
  instruments('in sample? Its stream is not configured', of('wiki.nowhere'), `one.isEnabled();`, [
    asks('isEnabled', of('wiki.nowhere'), false),
  ]),
];

export const EVENT_LOGGING_1_45: Case[] = [
  ...SUBMIT,
  ...dispatch({ schema: METRICS_EVENT, namesCurated: true }),
  ...INTERACTION,
  ...CLICKS,
  ...INSTRUMENTS,
  ...LEGACY,
  ...SAMPLING['1.45'],
];
