import { targetOf } from '../../overrides/rules.ts';
import { nextIn } from '../../platform/explain/what-if.ts';
import type { Question } from '../../platform/explain/explain.ts';
import type { Json as PlatformJson } from '../../platform/json.ts';
import { at } from '../../platform/json.ts';
import type { ContextFact, Unforced } from '../../record/facts.ts';
import type { Override, Rule, RuleKind } from '../../record/override.ts';
import type { DecisionState } from '../../record/lists.ts';
import type { Record } from '../../record/record.ts';
import type { PageLoad } from '../../log/types.ts';
import { createTally, type Tally } from '../store/tally.ts';

/** Names that the page knows, by the kind of rule that they are for. */
export interface Known {
  stream: readonly string[];
  instrument: readonly string[];
  experiment: readonly string[];
  schema: readonly string[];
  /** The groups of each experiment, as far as they were seen. */
  groups: ReadonlyMap<string, readonly string[]>;
}

/** Streams of legacy schemas. Source: mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js. */
const LEGACY = 'eventlogging_';

/** What a call tells of the page: the names that it is about, and how that was decided. */
export interface Naming {
  stream: string | null;
  instrument: string | null;
  experiment: string | null;
  /** Groups of the experiment that the page itself named. */
  groups: string[];
  /** The experiment's subject id, as the event carries it. */
  subject: string | null;
  state: DecisionState;
  /** Decided by sampling, as if there were no rule. */
  unforced: boolean;
}

export function namingOf({ stream, instrument, experiment, event, override, ...record }: Record): Naming {
  const { decision, redirectedFrom } = record;
  const decided = decision.state === 'accepted' || decision.reason === 'out-of-sample';
  const [groups, subject]: [unknown[], unknown] =
    experiment === null
      ? [[], null]
      : [
          // A group that a rule made says nothing of the page's own.
          override ? [] : [at(decision.answer, 'group'), at(at(event, 'experiment'), 'assigned')],
          at(at(event, 'experiment'), 'subject_id'),
        ];
  return {
    ...{ stream, instrument, experiment },
    groups: groups.filter(group => typeof group === 'string'),
    subject: typeof subject === 'string' ? subject : null,
    state: decision.state,
    unforced: override === null && decided && redirectedFrom === null && decision.sampling !== null,
  };
}

/** Calls by what they name. */
export const namingTally = (): Tally<Naming> => createTally(namingOf);

/** What the page's configs name, and what calls were about. */
export function knownOf(context: ContextFact | null, namings: Iterable<Naming>): Known {
  const names = { stream: new Set<string>(), instrument: new Set<string>(), experiment: new Set<string>() };
  const groups = new Map<string, Set<string>>();
  const inGroup = (experiment: string, group: unknown) => {
    names.experiment.add(experiment);
    if (typeof group !== 'string') return;
    const known = groups.get(experiment) ?? new Set();
    groups.set(experiment, known.add(group));
  };

  for (const name of keysOf(context?.streams)) names.stream.add(name);
  for (const name of keysOf(context?.instruments)) names.instrument.add(name);
  for (const name of keysOf(context?.experiments)) names.experiment.add(name);
  const assigned = at(context?.enrollments, 'assigned');
  for (const name of keysOf(assigned)) inGroup(name, at(assigned, name));
  for (const { stream, instrument, experiment, groups: seen } of namings) {
    if (stream !== null) names.stream.add(stream);
    if (instrument !== null) names.instrument.add(instrument);
    if (experiment !== null) for (const group of [null, ...seen]) inGroup(experiment, group);
  }
  const sorted = (set: Set<string>) => [...set].sort();
  return {
    stream: sorted(names.stream),
    instrument: sorted(names.instrument),
    experiment: sorted(names.experiment),
    schema: sorted(names.stream).flatMap(name => (name.startsWith(LEGACY) ? [name.slice(LEGACY.length)] : [])),
    groups: new Map([...groups].map(([name, set]) => [name, sorted(set)])),
  };
}

/** Whether the page knows what a rule is about; true of a rule that is about no name, and where nothing can be said. */
export function isSeen(rule: Rule, known: Known, context: ContextFact | null): boolean {
  const { kind, name } = targetOf(rule);
  if (context === null || (kind === 'stream' && context.streams === false)) return true;
  return !isNamed(kind) || known[kind].includes(name);
}

/** The kinds whose names a page can know. A config is there for streams that it does not know. */
export const isNamed = (kind: string): kind is 'stream' | 'instrument' | 'experiment' | 'schema' =>
  kind === 'stream' || kind === 'instrument' || kind === 'experiment' || kind === 'schema';

/** The names that complete what is written for a rule of this kind. */
export const namesFor = (kind: RuleKind, known: Known): readonly string[] =>
  kind === 'config' ? known.stream : isNamed(kind) ? known[kind] : [];

/** A stream or instrument as a question to the client that decides about it; null where the page has no such one. */
export function questionOf(context: ContextFact, name: string): Question | null {
  const stream = at(context.streams || undefined, name);
  if (stream !== undefined) return { client: 'mpl-js', config: stream };
  const instrument = at(context.instruments, name);
  return instrument === undefined ? null : { client: 'test-kitchen-js', config: instrument };
}

/** Names of the streams and instruments that are sampled by this unit. */
export function sampledBy(unit: 'session' | 'pageview', context: ContextFact | null): string[] {
  if (!context) return [];
  const by = (configs: PlatformJson | undefined) =>
    keysOf(configs).filter(name => at(at(at(configs, name), 'sample'), 'unit') === unit);
  return [...new Set([...by(context.instruments), ...by(context.streams || undefined)])].sort();
}

/** The next identifier after `id` that is in for all of these streams and instruments; null where there is none. */
export function idFor(names: readonly string[], context: ContextFact, id: string): string | null {
  const questions = names.map(name => questionOf(context, name)).filter(question => question !== null);
  return nextIn(questions, id);
}

/** A page in which rules do not act. */
export interface UnforcedLoad {
  load: PageLoad;
  /** `not-arrived`: a call was decided as if there were no rule. */
  reason: Unforced | 'not-arrived';
}

/**
 * The pages of this tab in which a rule did not act.
 * @param since when the rules came into force, in milliseconds since the epoch: what began before is not judged
 */
export function unforcedOf(
  loads: readonly PageLoad[],
  tally: Pick<Tally<Naming>, 'of'>,
  override: Override,
  since: number,
): UnforcedLoad[] {
  const targets = new Set(override.rules.map(rule => keyOf(targetOf(rule))));
  const isMissed = ({ load }: PageLoad): boolean => {
    for (const { what } of tally.of(load)) {
      const { unforced, instrument, stream } = what;
      const about = instrument !== null ? `instrument ${instrument}` : `stream ${stream}`;
      if (unforced && targets.has(about)) return true;
    }
    return false;
  };
  return loads
    .filter(({ began, ended }) => ended === null && began > since)
    .flatMap((load): UnforcedLoad[] => {
      const reason = load.unforced ?? (isMissed(load) ? 'not-arrived' : null);
      return reason === null ? [] : [{ load, reason }];
    });
}

const keyOf = ({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`;

const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
