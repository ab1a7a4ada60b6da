import type { Record } from '../../record/record.ts';
import type { IconName } from '../shared/icon.tsx';
import { isFailure } from '../explain.ts';
import { isRefused } from '../refused.ts';

/** How something is to be felt at a glance: only what is wrong is loud. */
export type Tone = 'good' | 'warning' | 'error' | 'waiting' | 'quiet' | 'faint';

export interface Cell {
  icon: IconName | null;
  tone: Tone;
  /** The word of the closed list. */
  word: string;
  /** What stands beside it: a reason, a status, a number. */
  more: string;
}

const DECISION: { [S in Record['decision']['state']]: Pick<Cell, 'icon' | 'tone'> } = {
  accepted: { icon: 'accepted', tone: 'good' },
  dropped: { icon: 'dropped', tone: 'warning' },
  waiting: { icon: 'waiting', tone: 'waiting' },
  answered: { icon: 'answered', tone: 'quiet' },
  unknown: { icon: 'unknown', tone: 'quiet' },
};

export function decisionCell({ decision }: Record): Cell {
  const { state, reason, answer, agrees } = decision;
  const broken = reason === 'threw' || !agrees;
  return {
    ...DECISION[state],
    ...(broken && { icon: 'warning', tone: 'error' }),
    word: state,
    more: reason ?? (state === 'answered' ? JSON.stringify(answer) : ''),
  };
}

const DELIVERY: { [S in Record['delivery']['state']]: Pick<Cell, 'icon' | 'tone'> } = {
  none: { icon: null, tone: 'faint' },
  queued: { icon: 'waiting', tone: 'waiting' },
  held: { icon: 'held', tone: 'waiting' },
  redirected: { icon: 'answered', tone: 'waiting' },
  sent: { icon: 'sent', tone: 'quiet' },
  answered: { icon: 'accepted', tone: 'good' },
  refused: { icon: 'wrong', tone: 'error' },
  blocked: { icon: 'wrong', tone: 'error' },
  lost: { icon: 'wrong', tone: 'error' },
};

export function deliveryCell({ delivery }: Record): Cell {
  const { state, status } = delivery;
  const failed = status !== null && isFailure(status);
  return {
    ...DELIVERY[state],
    ...(failed && { icon: 'wrong', tone: 'error' }),
    word: state,
    more: status === null ? '' : String(status),
  };
}

/** A verdict on what was never sent is of interest, but no alarm. */
export function verdictCell({ verdict, decision }: Record): Cell {
  const { verdict: word, errors } = verdict;
  const more = errors.length > 0 ? String(errors.length) : '';
  if (word === 'none' || word === 'pending') return { icon: null, tone: 'faint', word, more };
  if (word === 'unavailable' || word === 'unreadable-schema') return { icon: 'unknown', tone: 'warning', word, more };
  if (isRefused(word)) return { icon: 'wrong', tone: decision.state === 'accepted' ? 'error' : 'quiet', word, more };
  return { icon: 'accepted', tone: 'good', word, more };
}

/** What a call was about: its stream; else its instrument or experiment. */
export function subjectOf({ stream, instrument, experiment }: Record): string | null {
  return instrument ?? experiment ?? stream;
}

/** The worst of a row, for its edge. */
export function toneOf(...cells: Cell[]): 'error' | 'quiet' {
  return cells.some(cell => cell.tone === 'error') ? 'error' : 'quiet';
}
