/** Why an event that a client of the apps or of PHP sent was in sample: by that platform's own rules. */

import { explain, type ConfigClient } from '../platform/explain/explain.ts';
import type { Json, Record } from '../record/record.ts';
import { installOf } from './files/event-record.ts';

const CLIENTS: readonly string[] = ['java', 'kotlin', 'swift', 'php'];

/**
 * Sets the sampling of a record that came from elsewhere. An event that by those rules would not have been sent says so
 * by `agrees: false`.
 * @param config the stream's, as the client has it; undefined where it is not known
 */
export function explainSampling(record: Record, config: Json | undefined): void {
  const { client, session, pageview, event } = record;
  if (config === undefined || !CLIENTS.includes(client)) return;
  const install = installOf(event);
  const told = explain(
    { client: client as ConfigClient, config },
    {
      ...(session === null ? {} : { session }),
      ...(pageview === null ? {} : { pageview }),
      ...(install === null ? {} : { device: install }),
    },
  );
  const { unit, id, value, rate, verdict } = told;
  record.decision.sampling = { unit, id, value, rate, inSample: verdict === 'in' || verdict === 'random' };
  record.decision.agrees = verdict !== 'out' && verdict !== 'throws';
}
