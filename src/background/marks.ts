import type { Mark } from '../record/record.ts';

export const markAt = (time: number, what: Mark['what'], text: string): Mark => ({
  type: 'mark',
  time: new Date(time).toISOString(),
  what,
  text,
});

/** What the step of a page is called: its address without the origin. */
export function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** Why something could not be kept, for whoever records. */
export function reasonOf(error: unknown): string {
  const name = (error as { name?: unknown } | null)?.name;
  if (name === 'QuotaExceededError' || /quota/i.test(String(error))) {
    return 'the storage is full. Delete recordings that are no longer needed, or free space on the disk';
  }
  return `it could not be written (${error instanceof Error ? error.message : String(error)})`;
}
