/** Which checks the user does not want to hear of, stream by stream. Kept in settings and exported with them. */

import type { Finding } from '../record/record.ts';

/** Names of muted checks by stream. */
export interface Muted {
  readonly [stream: string]: readonly string[];
}

/** The findings to show, and how many are muted. `stream` null: of a record without one nothing is muted. */
export function unmuted(findings: readonly Finding[], stream: string | null, muted: Muted) {
  const names = stream !== null && Object.hasOwn(muted, stream) ? (muted[stream] ?? []) : [];
  const shown = findings.filter(({ check }) => !names.includes(check));
  return { shown, muted: findings.length - shown.length };
}

/** The same settings with this check muted for this stream, or not. */
export function mute(muted: Muted, stream: string, check: string, on: boolean): Muted {
  const names = (Object.hasOwn(muted, stream) ? (muted[stream] ?? []) : []).filter(name => name !== check);
  const rest = Object.fromEntries(Object.entries(muted).filter(([name]) => name !== stream));
  const kept = on ? [...names, check].toSorted() : names;
  return kept.length > 0 ? { ...rest, [stream]: kept } : rest;
}

/** Reads settings that somebody edited or imported; what is not of the form is left out. */
export function readMuted(value: unknown): Muted {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([stream, names]) => {
      const checks = Array.isArray(names) ? names.filter(name => typeof name === 'string') : [];
      return checks.length > 0 ? [[stream, checks]] : [];
    }),
  );
}
