/** Stretches of time as a plan writes them. */

const UNITS = { ms: 1, s: 1_000, min: 60_000 } as const;

/** `2 s`, `500 ms`, `1.5 min` in milliseconds; null where it is none. */
export function durationOf(text: string): number | null {
  const [, count, unit] = /^(\d+(?:\.\d+)?) ?(ms|s|min)$/.exec(text.trim()) ?? [];
  return count === undefined ? null : Number(count) * UNITS[unit as keyof typeof UNITS];
}
