import { experimentsOf, type ExperimentView } from '../../platform/experiments.ts';
import { readMpo } from '../../platform/overrides-parameter.ts';
import { readExposureKey } from '../../platform/exposure-log.ts';
import type { ContextFact } from '../../record/facts.ts';
import type { PageLoad } from '../../log/types.ts';
import type { Override, Rule } from '../../record/override.ts';
import type { DecisionState } from '../../record/lists.ts';
import { knownOf, type Naming } from '../overrides/known.ts';
import { type Alike, newestOf, whatOf } from '../store/tally.ts';

/** An experiment as the page knows it, with what its calls have shown. */
export interface SeenExperiment extends ExperimentView {
  /** All groups that were named anywhere, by name. */
  seen: string[];
  /** The subject id that its events carry; null where none was seen. */
  subject: string | null;
  /** Keys of its exposures that are kept aside, in the page's memory, while rules are on. */
  aside: string[];
  /** How many of its calls made an event, and how many were dropped. */
  calls: { accepted: number; dropped: number };
  /** The rule in force for it. */
  rule: (Rule & { experiment: string }) | null;
}

/**
 * Every experiment that the page or its calls name.
 * @param called the calls of this page load
 * @param now milliseconds since the epoch
 */
export function seenExperiments(
  load: PageLoad,
  called: Iterable<Alike<Naming>>,
  override: Override | null,
  now: number,
): SeenExperiment[] {
  const { context } = load;
  const generation =
    context?.clients.includes('xlab') && !context.clients.includes('test-kitchen') ? 'xlab' : 'test-kitchen';
  const mine = [...called].filter(({ what }) => what.experiment !== null);
  const known = knownOf(context, whatOf(mine));
  const views = experimentsOf({
    query: queryOf(load.url),
    header: generation === 'xlab' ? null : (context?.header ?? null),
    server: context?.enrollments,
    generation,
    configs: context?.experiments,
    cookieEnabled: override?.rules.some(rule => 'cookies' in rule) ? false : context?.cookieEnabled,
    bodyClasses: context?.bodyClass?.split(/\s+/).filter(name => name !== ''),
    storage: context ? storageOf(context, override) : {},
    now,
  });
  const silent = new Map(views.map(view => [view.name, view]));
  const names = new Set([...silent.keys(), ...known.experiment]);
  return [...names].sort().map(name => {
    const view = silent.get(name) ?? unassigned(name);
    const calls = mine.filter(({ what }) => what.experiment === name);
    const identified = calls.filter(({ what }) => what.subject !== null);
    const subject = newestOf(identified)?.subject ?? view.enrollment?.subject ?? null;
    const count = (state: DecisionState) =>
      calls.reduce((sum, { what, indexes }) => (what.state === state ? sum + indexes.length : sum), 0);
    return {
      ...view,
      seen: [...new Set([...view.groups, ...(known.groups.get(name) ?? [])])].sort(),
      subject,
      aside: Object.keys((override && context?.aside) ?? {}).filter(key => readExposureKey(key)?.experiment === name),
      calls: { accepted: count('accepted'), dropped: count('dropped') },
      rule:
        (override?.rules.find(rule => 'experiment' in rule && rule.experiment === name) as SeenExperiment['rule']) ??
        null,
    };
  });
}

/**
 * The exposure log as the page's client sees it: under override what is kept aside counts first, and the storage's own
 * not at all where a rule takes it for empty.
 */
function storageOf({ exposures, aside }: ContextFact, override: Override | null): { [key: string]: string } {
  const isCleared = override?.rules.some(rule => 'exposures' in rule);
  const seen = { ...(isCleared ? {} : exposures), ...(override ? aside : {}) };
  return Object.fromEntries(
    Object.entries(seen).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
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
