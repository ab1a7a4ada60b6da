import { at } from '../../platform/json.ts';
import { NOTHING, type Check } from '../types.ts';

export const twoTimes: Check = {
  name: 'two-times',
  severity: 'warning',
  what: 'An event has both `client_dt` and `dt` when it is sent.',
  why: 'Of a legacy event the intake fills in `dt`, the time of receiving, only where there is none yet.',
  source: 'mediawiki-libs-metrics-platform js/src/MetricsClient.js (addRequiredMetadata)',
  look({ event, asReceived }) {
    if (asReceived || at(event, 'client_dt') === undefined || at(event, 'dt') === undefined) return NOTHING;
    return [{ message: 'dt stands beside client_dt, and will not be the time of receiving', path: '/dt' }];
  },
};
