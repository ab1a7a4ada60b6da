/**
 * The tour of calls as data: what a step is called on its button, and the records that are to come of it, in order.
 * The calls themselves: modules/wiki/tour.js. The experiments need a page opened at `TOUR_PATH`, in a fresh tab.
 */

import type { DecisionState, DeliveryState, Reason, VerdictName } from '../../src/record/lists.ts';

export interface Expected {
  api: string;
  stream?: string;
  instrument?: string;
  experiment?: string;
  action?: string;
  state: DecisionState;
  reason: Reason | null;
  verdict: VerdictName;
  /** After the queue was flushed and the intake has answered. */
  delivery: DeliveryState;
}

export interface Step {
  id: string;
  label: string;
  expected: Expected[];
}

export const TOUR_PATH = '/wiki/Tour?mpo=wiki-palette:blue';

type Target = Pick<Expected, 'api' | 'stream' | 'instrument' | 'experiment' | 'action'>;

const sent = (target: Target, verdict: VerdictName = 'valid'): Expected => ({
  ...target,
  state: 'accepted',
  reason: null,
  verdict,
  delivery: 'answered',
});
const dropped = (target: Target, reason: Reason, verdict: VerdictName = 'valid'): Expected => ({
  ...target,
  state: 'dropped',
  reason,
  verdict,
  delivery: 'none',
});
const answered = (target: Target): Expected => ({
  ...target,
  state: 'answered',
  reason: null,
  verdict: 'none',
  delivery: 'none',
});

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
    expected: [sent(submit('wiki.page_visit', 'click'), 'invalid')],
  },
  {
    id: 'event-out-of-sample',
    label: 'An event of a stream that is out of sample',
    expected: [dropped(submit('wiki.rare'), 'out-of-sample')],
  },
  {
    id: 'event-invalid-sample',
    label: 'An event of a stream with rate 0',
    expected: [dropped(submit('wiki.off'), 'invalid-sample')],
  },
  {
    id: 'event-unknown-unit',
    label: 'An event of a stream that is sampled by device',
    expected: [dropped(submit('wiki.app_only'), 'unknown-unit')],
  },
  {
    id: 'event-unknown-stream',
    label: 'An event of a stream that nobody configured',
    expected: [dropped(submit('wiki.no_such_stream'), 'stream-not-configured', 'unknown-stream')],
  },
  {
    id: 'event-no-schema',
    label: 'An event without $schema',
    expected: [dropped(submit('wiki.page_visit'), 'no-schema', 'no-schema')],
  },
  {
    id: 'event-redirected',
    label: 'An event that is redirected to another stream',
    expected: [sent(submit('wiki.page_visit'))],
  },
  {
    id: 'event-redirected-nowhere',
    label: 'An event that is redirected to no stream',
    expected: [dropped(submit('wiki.moved_nowhere'), 'redirect-target-not-configured', 'unknown-stream')],
  },
  {
    id: 'interaction',
    label: 'An interaction',
    expected: [sent(interaction('mediawiki.web_ui_actions', 'click'))],
  },
  {
    id: 'interaction-no-action',
    label: 'An interaction without an action',
    expected: [dropped(interaction('wiki.page_visit'), 'no-action', 'invalid')],
  },
  {
    id: 'interaction-invalid',
    label: 'An interaction whose stream asks for an attribute that its schema refuses',
    expected: [sent(interaction('wiki.curious', 'click'), 'invalid')],
  },
  {
    id: 'legacy-migrated',
    label: 'A tracked event of a migrated schema',
    expected: [sent({ api: 'track', stream: 'eventlogging_Test' })],
  },
  {
    id: 'legacy-revision',
    label: 'An event of a schema of old, by its revision',
    expected: [sent({ api: 'logEvent' }, 'no-schema')],
  },
  {
    id: 'instrument-in',
    label: 'An instrument in sample',
    expected: [ask('wiki-search'), sent(fromInstrument('wiki-search'))],
  },
  {
    id: 'instrument-out',
    label: 'An instrument out of sample',
    expected: [ask('wiki-rare'), dropped(fromInstrument('wiki-rare'), 'out-of-sample')],
  },
  {
    id: 'instrument-unknown',
    label: 'An instrument that nobody configured',
    expected: [
      ask('wiki-no-such-instrument'),
      dropped(fromInstrument('wiki-no-such-instrument'), 'unknown-instrument', 'none'),
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
      dropped(exposure('wiki-welcome'), 'exposure-already-sent'),
    ],
  },
  {
    id: 'experiment-overridden',
    label: 'An experiment whose enrollment is overridden',
    expected: [enroll('wiki-palette'), dropped(fromExperiment('wiki-palette'), 'enrollment-overridden')],
  },
  {
    id: 'experiment-not-enrolled',
    label: 'An experiment in which the reader is not enrolled',
    expected: [enroll('wiki-nobody'), dropped(fromExperiment('wiki-nobody'), 'not-enrolled')],
  },
  {
    id: 'experiment-not-configured',
    label: 'An enrollment without an experiment',
    expected: [
      enroll('wiki-forgotten'),
      dropped(fromExperiment('wiki-forgotten'), 'experiment-not-configured', 'none'),
    ],
  },
  {
    id: 'experiment-compat',
    label: 'An enrollment that the compat API does not see',
    expected: [
      enroll('wiki-from-header', 'compat.getExperiment'),
      dropped(fromExperiment('wiki-from-header'), 'not-visible-to-compat'),
    ],
  },
  {
    id: 'event-at-pagehide',
    label: 'An event as the page is left',
    expected: [sent(submit('wiki.page_visit', 'page_leave'))],
  },
];
