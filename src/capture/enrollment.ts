/**
 * Enrollment by rule: the experiment is asked for with the server's enrollments as the rule has them, which are put back
 * at once. The object that comes is the client's own, so that its events are what they would be.
 */

import type { RuleOf } from '../record/override.ts';
import { config } from './modules.ts';
import {
  apply,
  assign,
  bare,
  create,
  defineProperty,
  deleteProperty,
  describe,
  indexOf,
  isArray,
  isObject,
  isPromise,
  own,
  ownText,
  chain,
} from './natives.ts';
import type { Policy } from './policy.ts';
import type { AnyFunction } from './wrap.ts';

type Enrollment = RuleOf<'experiment'>;

/** What the client's enrollments are read from. */
export interface Enrolling {
  mw: object;
  /** The key of `mw.config` under which the server says who is enrolled. */
  variable: string;
  policy: Policy;
  /** The sampling unit of an experiment, `mw-user` or `edge-unique`. */
  unitOf(name: string): unknown;
  /** `getExperiment` that answers at once: the original, where it is the client's first or its `compat`. */
  getNow: AnyFunction | null;
}

/** Of an experiment that the user is not in: no real subject, so that its events can be told from real ones. */
const SUBJECT = 'forced';

/** The server's enrollments as they would be: copies, which the page may look at. */
function enrolled(before: unknown, unit: unknown, { experiment, group }: Enrollment): object {
  const fields = (key: string) => assign({}, own(before, key)) as { [name: string]: unknown };
  const list = (key: string): unknown => own(before, key) ?? [];
  const assigned = fields('assigned');
  const subjects = fields('subject_ids');
  const units = fields('sampling_units');
  if (group === null) deleteProperty(assigned, experiment);
  else {
    assigned[experiment] = group;
    units[experiment] ??= unit ?? 'edge-unique';
    subjects[experiment] ??= units[experiment] === 'mw-user' ? SUBJECT : 'awaiting';
  }
  return {
    active_experiments: list('active_experiments'),
    enrolled: list('enrolled'),
    overrides: [],
    assigned,
    subject_ids: subjects,
    sampling_units: units,
  };
}

function withEnrollment<R>({ mw, variable, unitOf }: Enrolling, rule: Enrollment, run: () => R): R {
  const values = own(own(mw, 'config'), 'values');
  if (!isObject(values)) return run();
  const before = describe(values, variable);
  const value = enrolled(config(mw, variable), unitOf(rule.experiment), rule);
  try {
    defineProperty(values, variable, { value, writable: true, enumerable: true, configurable: true });
    return run();
  } finally {
    if (before) defineProperty(values, variable, before);
    else deleteProperty(values, variable);
  }
}

/** `getExperiment` under rules. Asked as without them first, so that all happens that would have happened. */
export const enrollOne = (enrolling: Enrolling, original: AnyFunction): AnyFunction =>
  function getExperiment(this: unknown, ...args) {
    const natural = apply(original, this, args);
    const name = own(args, 0);
    const rule = typeof name === 'string' ? enrollmentOf(enrolling, name) : null;
    if (!rule) return natural;
    const forced = () => withEnrollment(enrolling, rule, () => apply(enrolling.getNow ?? original, this, bare([name])));
    return isPromise(natural) ? chain(natural, forced) : forced();
  };

/** `getExperimentsByPrefix` under rules. */
export const enrollMany = (enrolling: Enrolling, original: AnyFunction): AnyFunction =>
  function getExperimentsByPrefix(this: unknown, ...args) {
    const natural = apply(original, this, args);
    const prefix = own(args, 0);
    const { getNow, policy } = enrolling;
    let rules: Enrollment[] | null = null;
    let count = 0;
    policy.each('experiment', rule => {
      if (rule.as !== 'enrolled' || indexOf(rule.experiment, prefix as string) !== 0) return;
      rules ??= bare([]) as Enrollment[];
      rules[count++] = rule;
    });
    if (!rules || !getNow) return natural;
    const found: Enrollment[] = rules;
    const change = (experiments: unknown): unknown[] => {
      const changed: unknown[] = [];
      let length = 0;
      const put = (value: unknown) =>
        defineProperty(changed, length++, { value, writable: true, enumerable: true, configurable: true });
      const given = isArray(experiments) ? experiments.length : 0;
      for (let i = 0; i < given; i++) {
        const experiment = own(experiments, i);
        const name = ownText(own(experiment, 'config'), 'enrolled') ?? ownText(experiment, 'name');
        if (name === undefined || !enrollmentOf(enrolling, name)) put(experiment);
      }
      for (let i = 0; i < count; i++) {
        const rule = found[i] as Enrollment;
        if (rule.group !== null)
          put(withEnrollment(enrolling, rule, () => apply(getNow, this, bare([rule.experiment]))));
      }
      return changed;
    };
    return isPromise(natural) ? chain(natural, change) : change(natural);
  };

/** `getAssignments` under rules. */
export const enrollAll = (enrolling: Enrolling, original: AnyFunction): AnyFunction =>
  function getAssignments(this: unknown, ...args) {
    const answer = apply(original, this, args);
    const groups = create(null) as { [name: string]: string | null };
    let isChanged = false;
    enrolling.policy.each('experiment', ({ experiment, group, as }) => {
      if (as !== 'enrolled') return;
      isChanged = true;
      groups[experiment] = group;
    });
    if (!isChanged || !isObject(answer)) return answer;
    const changed = assign({}, answer, groups) as { [name: string]: unknown };
    for (const name in groups) if (groups[name] === null) deleteProperty(changed, name);
    return changed;
  };

function enrollmentOf({ policy }: Enrolling, name: string): Enrollment | null {
  const rule = policy.rule('experiment', name);
  return rule?.as === 'enrolled' ? rule : null;
}
