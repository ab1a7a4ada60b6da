/** EventLogging near 2022-11: no interactions, no redirects, and a caller's dt stays. */

import { sent } from '../../wiki/expected.ts';
import { EVENT, type Case } from '../case.ts';
import { dispatch } from './dispatch.ts';
import { submits, submitted, SUBMIT_ALWAYS } from './event-logging.ts';
import { LEGACY, SAMPLING } from './legacy.ts';

const METRICS_EVENT = '/analytics/mediawiki/client/metrics_event/1.1.0';

export const EVENT_LOGGING_1_39: Case[] = [
  ...SUBMIT_ALWAYS,
  submits('a stream that is moved, which here is not', 'wiki.moved', sent(submitted('wiki.moved'))),
  submits(
    'a stream that is moved to nowhere, which here is not',
    'wiki.moved_nowhere',
    sent(submitted('wiki.moved_nowhere')),
  ),
  submits(
    'a dt of its own, which stays, and a meta, which does not',
    'wiki.page_visit',
    sent(submitted('wiki.page_visit', { verdict: 'invalid' })),
    { call: `mw.eventLog.submit('wiki.page_visit', { ...${EVENT}, dt: 'never', meta: { stream: 'wiki.half' } });` },
  ),
  ...dispatch({ schema: METRICS_EVENT, namesCurated: false }),
  ...LEGACY,
  ...SAMPLING['1.39'],
];
