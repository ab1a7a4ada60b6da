/**
 * Enrollment by rule: the experiment is asked for with the server's enrollments as the rule has them, which are put back
 * at once. The object that comes is the client's own, so that its events are what they would be.
 */

import type { RuleOf } from '../record/override.ts';
import { entryOf, type Kitchen, nameOf } from './kitchen.ts';
import { config } from './modules.ts';
import {
  apply,
  assign,
  bare,
  deleteProperty,
  indexOf,
  instead,
  isArray,
  isObject,
  isPromise,
  own,
  chain,
  put,
} from './natives.ts';
import type { AnyFunction } from './wrap.ts';

type Enrollment = RuleOf<'experiment'>;

/** Of an experiment that the user is not in: no real subject, so that its events can be told from real ones. */
const SUBJECT = 'forced';

/** The server's enrollments as they would be: copies, which the page may look at. */
function enrolled(before: unknown, unit: unknown, { experiment, group }: Enrollment): object {
  const fields = (key: string) => assign({}, own(before, key)) as { [name: string]: unknown };
  const assigned = fields('assigned');
  const subjects = fields('subject_ids');
  const units = fields('sampling_units');
  if (group === null) deleteProperty(assigned, experiment);
  else {
    assigned[experiment] = group;
    units[experiment] ??= unit ?? 'edge-unique';
    subjects[experiment] ??= units[experiment] === 'mw-user' ? SUBJECT : 'awaiting';
  }
  const changed = { overrides: [], assigned, subject_ids: subjects, sampling_units: units };
  return assign({ active_experiments: [], enrolled: [] }, before, changed);
}

function withEnrollment<R>(kitchen: Kitchen, rule: Enrollment, run: () => R): R {
  const { mw, variable } = kitchen;
  const values = own(own(mw, 'config'), 'values');
  if (!isObject(values)) return run();
  const unit = own(entryOf(kitchen, 'experiment', rule.experiment), 'user_identifier_type');
  return instead(values, variable, enrolled(config(mw, variable), unit, rule), run);
}

/** `getExperiment` under rules. Asked as without them first, so that all happens that would have happened. */
export const enrollOne = (kitchen: Kitchen, original: AnyFunction): AnyFunction =>
  function getExperiment(this: unknown, ...args) {
    const natural = apply(original, this, args);
    const name = own(args, 0);
    const rule = typeof name === 'string' ? enrollmentOf(kitchen, name) : null;
    if (!rule) return natural;
    const forced = () => withEnrollment(kitchen, rule, () => apply(kitchen.getNow ?? original, this, bare([name])));
    return isPromise(natural) ? chain(natural, forced) : forced();
  };

/** `getExperimentsByPrefix` under rules. */
export const enrollMany = (kitchen: Kitchen, original: AnyFunction): AnyFunction =>
  function getExperimentsByPrefix(this: unknown, ...args) {
    const natural = apply(original, this, args);
    const { getNow, policy } = kitchen;
    if (!getNow || !policy.isOn()) return natural;
    const change = (experiments: unknown): unknown[] => {
      const changed: unknown[] = [];
      let length = 0;
      const add = (value: unknown) => put(changed, length++, value);
      const given = isArray(experiments) ? experiments.length : 0;
      for (let i = 0; i < given; i++) {
        const experiment = own(experiments, i);
        const name = nameOf(experiment);
        if (name === undefined || !enrollmentOf(kitchen, name)) add(experiment);
      }
      policy.each('experiment', ({ experiment, group }) => {
        const rule = enrollmentOf(kitchen, experiment);
        if (rule && group !== null && indexOf(experiment, own(args, 0) as string) === 0)
          add(withEnrollment(kitchen, rule, () => apply(getNow, this, bare([experiment]))));
      });
      return changed;
    };
    return isPromise(natural) ? chain(natural, change) : change(natural);
  };

/** `getAssignments` under rules. */
export const enrollAll = (kitchen: Kitchen, original: AnyFunction): AnyFunction =>
  function getAssignments(this: unknown, ...args) {
    const answer = apply(original, this, args);
    if (!kitchen.policy.isOn() || !isObject(answer)) return answer;
    const changed = assign({}, answer);
    kitchen.policy.each('experiment', ({ experiment, group }) => {
      if (!enrollmentOf(kitchen, experiment)) return;
      if (group === null) deleteProperty(changed, experiment);
      else put(changed, experiment, group);
    });
    return changed;
  };

function enrollmentOf({ policy }: Kitchen, name: string): Enrollment | null {
  const rule = policy.rule('experiment', name);
  return rule?.as === 'enrolled' ? rule : null;
}
