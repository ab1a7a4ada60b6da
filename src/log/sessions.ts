/** The sessions of a log: counted as records come, never by going through them again. */

import type { Record } from '../record/record.ts';
import type { PageLoad, SessionSummary } from './types.ts';

export interface Sessions {
  add(record: Record, load: PageLoad): void;
  /** Takes a record out, before its session, stream or state changes. */
  remove(record: Record): void;
  /** All sessions, in the order in which they began. */
  summaries(loads: readonly PageLoad[]): SessionSummary[];
  clear(): void;
}

type Counts = SessionSummary['byStream'];

interface Session {
  loads: Set<PageLoad>;
  records: number;
  byStream: Counts;
  first: number;
  last: number;
}

export function createSessions(): Sessions {
  const sessions = new Map<string | null, Session>();

  function sessionOf(id: string | null): Session {
    let session = sessions.get(id);
    if (!session) {
      session = { loads: new Set(), records: 0, byStream: new Map(), first: Infinity, last: -Infinity };
      sessions.set(id, session);
    }
    return session;
  }

  function count(session: Session, record: Record, by: 1 | -1): void {
    session.records += by;
    if (record.stream === null) return;
    const counts = session.byStream.get(record.stream) ?? { accepted: 0, dropped: 0, other: 0 };
    session.byStream.set(record.stream, counts);
    const { state } = record.decision;
    counts[state === 'accepted' || state === 'dropped' ? state : 'other'] += by;
    if (counts.accepted + counts.dropped + counts.other === 0) session.byStream.delete(record.stream);
  }

  return {
    add(record, load) {
      const session = sessionOf(record.session);
      session.loads.add(load);
      const time = Date.parse(record.time);
      session.first = Math.min(session.first, time);
      session.last = Math.max(session.last, time);
      count(session, record, 1);
    },
    remove(record) {
      count(sessionOf(record.session), record, -1);
    },
    summaries(loads) {
      const all = new Map<string | null, Omit<SessionSummary, 'loads'> & { loads: Set<PageLoad> }>();
      for (const [session, { records, byStream, first, last, loads: own }] of sessions) {
        if (records > 0) all.set(session, { session, loads: new Set(own), records, byStream, first, last });
      }
      for (const load of loads) {
        const { session, began, ended } = load;
        const known = all.get(session);
        if (!known) {
          const last = ended ?? began;
          all.set(session, { session, loads: new Set([load]), records: 0, byStream: new Map(), first: began, last });
        } else {
          known.loads.add(load);
          known.first = Math.min(known.first, began);
        }
      }
      return [...all.values()]
        .map(one => ({ ...one, loads: [...one.loads] }))
        .sort((one, other) => one.first - other.first);
    },
    clear: () => sessions.clear(),
  };
}
