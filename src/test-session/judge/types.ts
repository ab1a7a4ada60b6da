import type { Record } from '../../record/record.ts';
import type { Expectation } from '../plan/types.ts';

/** `skipped`: it is about sessions of another kind, under an override or of another group. */
export type State = 'pass' | 'fail' | 'open' | 'skipped';

export interface Result {
  /** `<step>.<expectation>`, from 1; step 0 is the whole session. */
  id: string;
  step: string | null;
  name: string;
  expectation: Expectation;
  state: State;
  /** One sentence: what decided it, or what is still to come. */
  why: string;
  /** Ids of the records that decided it, oldest first, at most 50. */
  records: string[];
}

/** A record in the order of a session. */
export interface Entry {
  record: Record;
  /** Milliseconds since the epoch. */
  time: number;
  /** Position among records of one time: the order of arrival. */
  index: number;
}

/** The records that a selector speaks of, in the order of the session. */
export interface Members {
  yes: Entry[];
  maybe: Entry[];
}

export type Answer = Pick<Result, 'state' | 'why'> & { entries: Entry[] };
