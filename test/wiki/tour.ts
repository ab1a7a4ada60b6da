/**
 * The tour of calls as data: what a step is called on its button, and the records that are to come of it, in order.
 * The calls themselves: modules/wiki/tour.js. The experiments need a page opened at `TOUR_PATH`, in a fresh tab.
 */

import { answered, dropped, sent, type Expected, type Target } from './expected.ts';

export interface Step {
  id: string;
  label: string;
  expected: Expected[];
}

export const TOUR_PATH = '/wiki/Tour?mpo=wiki-palette:blue';

const submit = (stream: string, action = 'page_visit'): Target => ({ api: 'submit', stream, action });
const interaction = (stream: string, action?: string): Target => ({
  api: 'submitInteraction',
  stream,
  ...(action === undefined ? {} : { action }),
});
const ask = (instrument: string): Expected => answered({ api: 'getInstrument', instrument });
const fromInstrument = (instrument: string): Target => ({ api: 'send', instrument, action: 'search' });
const enroll = (experiment: string, api = 'getExperiment'): Expected => answered({ api, experiment });
const fromExperiment = (experiment: string): Target => ({ api: 'send', experiment, action: 'page_visit' });
const exposure = (experiment: string): Target => ({ api: 'sendExposure', experiment, action: 'experiment_exposure' });

export const TOUR: Step[] = [
  { id: 'event-valid', label: 'A valid event', expected: [sent(submit('wiki.page_visit'))] },
  {
    id: 'event-invalid',
    label: 'An event that its schema refuses',
    expected: [sent({ ...submit('wiki.page_visit', 'click'), verdict: 'invalid' })],
  },
  {
    id: 'event-out-of-sample',
    label: 'An event of a stream that is out of sample',
    expected: [dropped('out-of-sample', { ...submit('wiki.rare'), verdict: 'valid' })],
  },
  {
    id: 'event-invalid-sample',
    label: 'An event of a stream with rate 0',
    expected: [dropped('invalid-sample', { ...submit('wiki.off'), verdict: 'valid' })],
  },
  {
    id: 'event-unknown-unit',
    label: 'An event of a stream that is sampled by device',
    expected: [dropped('unknown-unit', { ...submit('wiki.app_only'), verdict: 'valid' })],
  },
  {
    id: 'event-unknown-stream',
    label: 'An event of a stream that nobody configured',
    expected: [dropped('stream-not-configured', { ...submit('wiki.no_such_stream'), verdict: 'unknown-stream' })],
  },
  {
    id: 'event-no-schema',
    label: 'An event without $schema',
    expected: [dropped('no-schema', { ...submit('wiki.page_visit'), verdict: 'no-schema' })],
  },
  {
    id: 'event-redirected',
    label: 'An event that is redirected to another stream',
    expected: [sent({ ...submit('wiki.page_visit'), redirectedFrom: 'wiki.moved' })],
  },
  {
    id: 'event-redirected-nowhere',
    label: 'An event that is redirected to no stream',
    expected: [
      dropped('redirect-target-not-configured', { ...submit('wiki.moved_nowhere'), verdict: 'unknown-stream' }),
    ],
  },
  {
    id: 'interaction',
    label: 'An interaction',
    expected: [sent(interaction('mediawiki.web_ui_actions', 'click'))],
  },
  {
    id: 'interaction-no-action',
    label: 'An interaction without an action',
    expected: [dropped('no-action', { ...interaction('wiki.page_visit'), verdict: 'invalid' })],
  },
  {
    id: 'interaction-invalid',
    label: 'An interaction whose stream asks for an attribute that its schema refuses',
    expected: [sent({ ...interaction('wiki.curious', 'click'), verdict: 'invalid' })],
  },
  {
    id: 'legacy-migrated',
    label: 'A tracked event of a migrated schema',
    expected: [sent({ api: 'track', stream: 'eventlogging_Test' })],
  },
  {
    id: 'legacy-revision',
    label: 'An event of a schema of old, by its revision',
    expected: [sent({ api: 'logEvent', verdict: 'no-schema' })],
  },
  {
    id: 'instrument-in',
    label: 'An instrument in sample',
    expected: [ask('wiki-search'), sent(fromInstrument('wiki-search'))],
  },
  {
    id: 'instrument-out',
    label: 'An instrument out of sample',
    expected: [ask('wiki-rare'), dropped('out-of-sample', { ...fromInstrument('wiki-rare'), verdict: 'valid' })],
  },
  {
    id: 'instrument-unknown',
    label: 'An instrument that nobody configured',
    expected: [
      ask('wiki-no-such-instrument'),
      dropped('unknown-instrument', { ...fromInstrument('wiki-no-such-instrument'), verdict: 'unknown-stream' }),
    ],
  },
  {
    id: 'experiment-enrolled',
    label: 'An experiment in which the reader is enrolled',
    expected: [enroll('wiki-welcome'), sent(fromExperiment('wiki-welcome'))],
  },
  {
    id: 'experiment-exposure',
    label: 'Its exposure, twice',
    expected: [
      enroll('wiki-welcome'),
      sent(exposure('wiki-welcome')),
      dropped('exposure-already-sent', { ...exposure('wiki-welcome'), verdict: 'valid' }),
    ],
  },
  {
    id: 'experiment-overridden',
    label: 'An experiment whose enrollment is overridden',
    expected: [
      enroll('wiki-palette'),
      dropped('enrollment-overridden', { ...fromExperiment('wiki-palette'), verdict: 'valid' }),
    ],
  },
  {
    id: 'experiment-not-enrolled',
    label: 'An experiment in which the reader is not enrolled',
    expected: [enroll('wiki-nobody'), dropped('not-enrolled', { ...fromExperiment('wiki-nobody'), verdict: 'valid' })],
  },
  {
    id: 'experiment-not-configured',
    label: 'An enrollment without an experiment',
    expected: [
      enroll('wiki-forgotten'),
      dropped('experiment-not-configured', { ...fromExperiment('wiki-forgotten'), verdict: 'no-schema' }),
    ],
  },
  {
    id: 'experiment-compat',
    label: 'An enrollment that the compat API does not see',
    expected: [
      enroll('wiki-from-header', 'compat.getExperiment'),
      dropped('not-visible-to-compat', { ...fromExperiment('wiki-from-header'), verdict: 'valid' }),
    ],
  },
  {
    id: 'event-at-pagehide',
    label: 'An event as the page is left',
    expected: [sent(submit('wiki.page_visit', 'page_leave'))],
  },
];
