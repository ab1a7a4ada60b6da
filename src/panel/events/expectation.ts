import { stringify } from 'yaml';
import type { Record } from '../../record/record.ts';
import { planOf } from '../../test-session/from-recording.ts';
import { blankHeader } from '../../test-session/session.ts';

/** What a plan would expect of a call like this one, as a part of its `expect` list: YAML. */
export function expectationOf(record: Record): string {
  const { steps } = planOf({ header: blankHeader(), marks: [] }, [record]);
  // That nothing else is in the stream is for a plan as a whole to say.
  const expect = steps.flatMap(step => step.expect ?? []).filter(one => one.nothingElse === undefined);
  return stringify(expect, { lineWidth: 100 });
}
