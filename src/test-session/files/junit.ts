import type { Result } from '../judge/types.ts';
import { testCase, testSuite } from './xml.ts';

/** The expectations of a plan as test cases, a class name a step. */
export function junit(name: string, results: readonly Result[]): string {
  const cases = results.map(({ step, name: title, state, why, records, id }) =>
    testCase({
      classname: step ?? 'whole session',
      name: `${id} ${title}`,
      ...(state === 'fail' || state === 'open'
        ? { failure: { type: state, message: why, text: [why, ...records].join('\n') } }
        : {}),
      ...(state === 'skipped' ? { skipped: why } : {}),
    }),
  );
  const count = (...states: string[]) => results.filter(({ state }) => states.includes(state)).length;
  return testSuite(name, cases, { failures: count('fail', 'open'), skipped: count('skipped') });
}
