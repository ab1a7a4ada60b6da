import { type Muted, unmuted } from '../../checks/mute.ts';
import { DISAGREES } from '../../log/answers.ts';
import type { Finding, Record } from '../../record/record.ts';
import type { Tone } from '../events/cells.ts';
import type { IconName } from '../shared/icon.tsx';

/** How loud a finding is. */
export const TONE: { [S in Finding['severity']]: { tone: Tone; icon: IconName; rank: number } } = {
  error: { tone: 'error', icon: 'wrong', rank: 0 },
  warning: { tone: 'warning', icon: 'warning', rank: 1 },
  info: { tone: 'quiet', icon: 'info', rank: 2 },
};

/** The findings of a record that somebody wants to hear of, and how many are muted. */
export interface Wanted {
  shown: Finding[];
  muted: number;
}

/** What the intake itself answered is told with the delivery. */
export const wantedOf = ({ checks, stream }: Record, muted: Muted): Wanted =>
  unmuted(
    checks.filter(({ check }) => check !== DISAGREES),
    stream,
    muted,
  );
