import { experimentsOf, type ExperimentView } from '../../platform/experiments.ts';
import { at, type Json } from '../../platform/json.ts';
import { readMpo } from '../../platform/overrides-parameter.ts';
import type { PageLoad } from '../../log/types.ts';
import type { Override, Rule } from '../../record/override.ts';
import type { Record } from '../../record/record.ts';
import { knownOf } from '../overrides/known.ts';

/** An experiment as the page knows it, with what its calls have shown. */
export interface SeenExperiment extends ExperimentView {
  /** All groups that were named anywhere, by name. */
  seen: string[];
  /** The subject id that its events carry; null where none was seen. */
  subject: string | null;
  /** Its calls show that the header enrolls the user, whatever the group. */
  inHeader: boolean;
  /** How many of its calls made an event, and how many were dropped. */
  calls: { accepted: number; dropped: number };
  /** The rule in force for it. */
  rule: (Rule & { experiment: string }) | null;
}

/**
 * Every experiment that the page or its calls name. The page's exposure log and the classes of its body are not known
 * here, and of its header no more than its calls show.
 * @param records of this page load, in order
 */
export function seenExperiments(
  load: PageLoad,
  records: readonly Record[],
  override: Override | null,
  now: number,
): SeenExperiment[] {
  const { context } = load;
  const generation =
    context?.clients.includes('xlab') && !context.clients.includes('test-kitchen') ? 'xlab' : 'test-kitchen';
  const mine = records.filter(({ experiment }) => experiment !== null);
  const known = knownOf(context, mine);
  const views = experimentsOf({
    query: queryOf(load.url),
    header: generation === 'xlab' ? null : headerOf(mine, context?.enrollments),
    server: context?.enrollments,
    generation,
    configs: context?.experiments,
    now,
  });
  const silent = new Map(views.map(view => [view.name, view]));
  const names = new Set([...silent.keys(), ...known.experiment]);
  return [...names].sort().map(name => {
    const view = silent.get(name) ?? unassigned(name);
    const calls = mine.filter(({ experiment }) => experiment === name);
    const subjects = calls.map(({ event }) => at(at(event, 'experiment'), 'subject_id'));
    const subject = subjects.findLast(one => typeof one === 'string') ?? view.enrollment?.subject ?? null;
    const count = (state: string) => calls.filter(({ decision }) => decision.state === state).length;
    return {
      ...view,
      seen: [...new Set([...view.groups, ...(known.groups.get(name) ?? [])])].sort(),
      subject,
      inHeader:
        view.enrollment?.source === 'header' ||
        calls.some(({ decision }) => decision.reason === 'not-visible-to-compat'),
      calls: { accepted: count('accepted'), dropped: count('dropped') },
      rule:
        (override?.rules.find(rule => 'experiment' in rule && rule.experiment === name) as SeenExperiment['rule']) ??
        null,
    };
  });
}

/** What the header must say for the groups that calls were given, where the server's config gives another or none. */
function headerOf(records: readonly Record[], enrollments: Json | undefined): string | null {
  const groups = new Map<string, string>();
  for (const { experiment, decision, event, override } of records) {
    if (experiment === null || override || /[;=]/.test(experiment)) continue;
    const group = [at(at(event, 'experiment'), 'assigned'), at(decision.answer, 'group')].find(
      one => typeof one === 'string' && !/[;=]/.test(one),
    );
    // The platform's own override says so in the event; it is no enrollment.
    if (typeof group !== 'string' || at(at(event, 'experiment'), 'subject_id') === 'overridden') continue;
    if (group !== at(at(enrollments, 'assigned'), experiment)) groups.set(experiment, group);
  }
  return groups.size === 0 ? null : [...groups].map(([name, group]) => `${name}=${group};`).join('');
}

/** Of an experiment that only calls have named, the page says nothing. */
function unassigned(name: string): ExperimentView {
  const silent = { send: 'not-enrolled', sendExposure: 'not-enrolled' } as const;
  return {
    name,
    configured: null,
    config: null,
    groups: [],
    candidates: [],
    enrollment: null,
    silences: silent,
    compat: { ...silent, enrollment: null },
    sendsAsOverridden: false,
    exposures: [],
    exposureKey: null,
    classes: null,
  };
}

function queryOf(url: string): string | null {
  try {
    return readMpo(new URL(url).search).pageValue;
  } catch {
    return null;
  }
}
