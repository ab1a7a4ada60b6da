/** Which step of one session is which of another: by its name; of pages, whose steps are named by address, by the path. */

import type { TestSession } from '../session.ts';

/** Two steps of the same page, loaded by another query each. */
export interface SamePage {
  before: string;
  after: string;
}

const namesOf = ({ marks }: Pick<TestSession, 'marks'>): Set<string> =>
  new Set(marks.flatMap(({ what, text }) => (what === 'step' ? [text] : [])));

/** The path of a page whose address names the step; null of a step with a name. */
export const pathOf = (step: string): string | null => (step.startsWith('/') ? (step.split('?', 1)[0] ?? null) : null);

/** The steps that only one of the sessions has and that are of the same page: of each path the first with the first. */
export function samePages(one: Pick<TestSession, 'marks'>, other: Pick<TestSession, 'marks'>): SamePage[] {
  const [before, after] = [namesOf(one), namesOf(other)];
  const left = [...after].filter(name => !before.has(name));
  return [...before].flatMap(name => {
    const path = after.has(name) ? null : pathOf(name);
    const place = path === null ? -1 : left.findIndex(step => pathOf(step) === path);
    return place < 0 ? [] : left.splice(place, 1).map(step => ({ before: name, after: step }));
  });
}
