/** The calls that belong together with one: of its funnel, else of its instrument, experiment or stream. */

import { at, textAt } from '../platform/json.ts';
import type { Record } from '../record/record.ts';

export type Kin = 'funnel' | 'instrument' | 'experiment' | 'stream';

export interface Neighbour {
  record: Record;
  /** `funnel_event_sequence_position`. */
  position: number | null;
}

export interface Neighbours {
  kin: Kin;
  /** What they have in common, beside the session: the funnel's name or token, the instrument ... */
  name: string;
  /** In order of arrival, the record itself among them. */
  all: Neighbour[];
}

/** So many of each side. */
const EACH = 4;
/** So many records are looked at on each side: a log can have 200,000. */
const REACH = 20_000;

const positionOf = ({ event }: Record): number | null => {
  const position = at(event, 'funnel_event_sequence_position');
  return typeof position === 'number' ? position : null;
};

/** What a record belongs to; null where it belongs to nothing. */
function kinOf({ event, instrument, experiment, stream, session, page }: Record): [Kin, string, string] | null {
  const funnel = textAt(event, 'funnel_name');
  const token = textAt(event, 'funnel_entry_token');
  const scope = session ?? page.load;
  if (token !== null) return ['funnel', funnel ?? token, `${token}|${funnel ?? ''}`];
  if (funnel !== null) return ['funnel', funnel, `${scope}|${funnel}`];
  if (instrument !== null) return ['instrument', instrument, `${scope}|${instrument}`];
  if (experiment !== null) return ['experiment', experiment, `${scope}|${experiment}`];
  return stream === null ? null : ['stream', stream, `${scope}|${stream}`];
}

/**
 * The nearest calls of the same funnel (`funnel_entry_token`, else `funnel_name` in one session), or where the event is
 * in none, of the same instrument, experiment or stream in one session; null where there are none but itself.
 */
export function neighbours(records: readonly Record[], index: number): Neighbours | null {
  const own = records[index];
  const kin = own && kinOf(own);
  if (!own || !kin) return null;
  const isKin = (record: Record | undefined): record is Record => {
    const other = record && kinOf(record);
    return other?.[0] === kin[0] && other[2] === kin[2];
  };
  const look = (step: 1 | -1): Record[] => {
    const found: Record[] = [];
    for (let away = 1; away <= REACH && found.length < EACH; away++) {
      const record = records[index + step * away];
      if (!record) break;
      if (isKin(record)) found.push(record);
    }
    return found;
  };
  const all = [...look(-1).reverse(), own, ...look(1)];
  if (all.length < 2) return null;
  return { kin: kin[0], name: kin[1], all: all.map(record => ({ record, position: positionOf(record) })) };
}
