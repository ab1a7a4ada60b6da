import { textAt } from '../../platform/json.ts';
import type { Setter } from '../../platform/provenance.ts';
import type { Record } from '../../record/record.ts';

/** One of the times of an event. `at` is null where it is still to come. */
export interface Time {
  name: 'call' | 'dt' | 'client_dt' | 'queuedUntil' | 'sent' | 'meta.dt';
  at: string | null;
  by: Setter | 'page' | 'browser' | null;
}

/** The times of a record in the order in which they are set, each with who sets it. */
export function timesOf({ time, event, delivery }: Record, setters: ReadonlyMap<string, Setter>): Time[] {
  const dt = textAt(event, 'dt');
  const clientDt = textAt(event, 'client_dt');
  const meta = textAt(event, 'meta', 'dt');
  const times: Time[] = [{ name: 'call', at: time, by: 'page' }];
  if (dt !== null) times.push({ name: 'dt', at: dt, by: setters.get('/dt') ?? null });
  if (clientDt !== null) times.push({ name: 'client_dt', at: clientDt, by: setters.get('/client_dt') ?? null });
  if (delivery.queuedUntil !== null) times.push({ name: 'queuedUntil', at: delivery.queuedUntil, by: 'client' });
  if (delivery.sentAt !== null) times.push({ name: 'sent', at: delivery.sentAt, by: 'browser' });
  if (event !== null) times.push({ name: 'meta.dt', at: meta, by: meta === null ? 'intake' : 'caller' });
  return times;
}
