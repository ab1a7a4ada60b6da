import { at, textAt } from '../../platform/json.ts';
import { NOTHING, type Check } from '../types.ts';

/** In milliseconds. Clocks of clients are wrong by minutes often enough; between a call and its `dt` no clock lies. */
const AHEAD = 5 * 60_000;
const APART = 2_000;

export const eventTime: Check = {
  name: 'event-time',
  severity: 'warning',
  what: '`dt` is missing, is in the future, or is not the time of the call.',
  why: '`dt` is the event’s time in every analysis; without it only the time of receiving is left.',
  source:
    'wikitech, Event Platform/Schemas/Guidelines (dt); mediawiki-libs-metrics-platform MetricsClient.js (addRequiredMetadata)',
  look({ event, schema, title, at: called, now, record }) {
    const dt = textAt(event, 'dt');
    if (dt === null) {
      const has = schema !== null && at(at(schema, 'properties'), 'dt') !== undefined;
      const isLegacy = title.startsWith('analytics/legacy/') || at(event, 'client_dt') !== undefined;
      return has && !isLegacy ? [{ message: 'The event has no dt', path: '/dt' }] : NOTHING;
    }
    const time = Date.parse(dt);
    if (Number.isNaN(time)) return NOTHING;
    if (time > now + AHEAD) return [{ message: `dt ${dt.slice(0, 40)} is in the future`, path: '/dt' }];
    if (called === null || record.reconstructed || Math.abs(time - called) <= APART) return NOTHING;
    const seconds = Math.round((time - called) / 1_000);
    return [{ message: `dt is ${Math.abs(seconds)} s ${seconds < 0 ? 'before' : 'after'} the call`, path: '/dt' }];
  },
};
