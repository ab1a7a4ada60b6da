import { at } from '../../platform/json.ts';
import { NOTHING, type Check } from '../types.ts';

export const bareSubmit: Check = {
  name: 'bare-submit',
  severity: 'error',
  what: 'An event of a web/base schema was given to plain `submit` without its `agent`.',
  why: 'Plain `submit` adds no contextual attributes; the intake refuses the event after it has said 202.',
  source: 'mediawiki-libs-metrics-platform js/src/MetricsClient.js (submit)',
  look({ record: { api }, title, event }) {
    if (!/^analytics\/product_metrics\/web\/base/.test(title) || (api !== 'submit' && api !== '')) return NOTHING;
    if (at(event, 'agent') !== undefined) return NOTHING;
    return [
      {
        message: '`submit` adds no agent: use submitInteraction, or pass agent.client_platform yourself',
        path: '/agent',
      },
    ];
  },
};
