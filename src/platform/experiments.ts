/** Every experiment that a page knows of: who put the user where, and whether its events would be sent. */

import { bodyClassesOf, classesOf } from './body-classes.ts';
import {
  enrollmentOf,
  parseEnrollments,
  silenceOf,
  type Enrollment,
  type EnrollmentSources,
  type SilenceReason,
} from './enrollment.ts';
import { exposureKey, exposuresOf, isExposureLive, type ExposureEntry } from './exposure-log.ts';
import { at, type Json } from './json.ts';
import { groupsOf, readMpoInPage } from './overrides-parameter.ts';

export interface ExperimentSources extends EnrollmentSources {
  /** xLab reads nothing but its server's word, `wgMetricsPlatformUserExperiments`, which is `server` then. */
  generation?: 'test-kitchen' | 'xlab';
  /** `experimentConfigs` of the page's client, by name; undefined where they are not known, or the client has none. */
  configs?: Json | undefined;
  /** The experiments of Test Kitchen's API: a list of entries with `name` and `groups`. */
  api?: Json | undefined;
  cookieEnabled?: boolean | undefined;
  /** Classes of the body; undefined where they are not known. */
  bodyClasses?: readonly string[] | undefined;
  /** The tab's sessionStorage, at least its entries of the exposure log. */
  storage?: { readonly [key: string]: string } | undefined;
  /** Milliseconds since the epoch. */
  now: number;
}

export interface Candidate extends Enrollment {
  /** The server says that this group was forced, by `mpo`. */
  forced: boolean;
}

export interface Silences {
  /** Why `send` sends nothing; null where it sends. */
  send: SilenceReason | null;
  sendExposure: SilenceReason | null;
}

export interface ExperimentView {
  name: string;
  /** Whether the page's client has a config of it; null where that is not known. */
  configured: boolean | null;
  config: Json | null;
  /** The groups that the API names, else those that any source assigns. */
  groups: string[];
  /** What every source says, in the order in which they count: the first is the one that does. */
  candidates: Candidate[];
  enrollment: Candidate | null;
  /** Through `getExperiment`, and through the synchronous `compat.getExperiment`, which does not see the header. */
  silences: Silences;
  compat: Silences & { enrollment: Candidate | null };
  /**
   * The server was told to force a group and the page was not, by the same `mpo`: then the page sends, with the subject
   * "overridden".
   */
  sendsAsOverridden: boolean;
  /** Its entries in the exposure log, and the key of the next exposure; null where there would be none. */
  exposures: ExposureEntry[];
  exposureKey: string | null;
  /** Body classes of it; null where the body's are not known. */
  classes: { expected: string[]; missing: string[]; unexpected: string[] } | null;
}

/** All experiments by name. Any of the sources may be the page's own words: nothing here trusts their shape. */
export function experimentsOf(sources: ExperimentSources): ExperimentView[] {
  const groups = apiGroups(sources.api);
  const names = new Set([...keys(sources.configs), ...keys(at(sources.server, 'assigned')), ...groups.keys()]);
  if (sources.generation !== 'xlab') {
    for (const name of groupsOf(readMpoInPage(sources.query)).keys()) names.add(name);
    for (const name of parseEnrollments(sources.header ?? '', '=')?.keys() ?? []) names.add(name);
  }
  return [...names].sort().map(name => viewOf(name, groups.get(name) ?? [], sources));
}

function viewOf(name: string, apiGroups: string[], sources: ExperimentSources): ExperimentView {
  const { configs, generation = 'test-kitchen', storage = {}, now } = sources;
  const config = at(configs, name);
  const candidates = candidatesOf(name, sources);
  const enrollment = candidates[0] ?? null;
  const compatible = candidates.find(({ source }) => source !== 'header') ?? null;
  const version = at(config, 'exposure_version');
  const key = { experiment: name, group: '', version: typeof version === 'string' ? version : null };
  const silences = (one: Candidate | null, compat: boolean): Silences => {
    const send = generation === 'xlab' ? silenceOfLab(one) : silenceOfKitchen(name, one, compat, sources);
    const live =
      send === null && generation !== 'xlab' && isExposureLive(storage, { ...key, group: one?.group ?? '' }, now);
    return { send, sendExposure: live ? 'exposure-already-sent' : send };
  };
  const configured = configs === undefined ? null : config !== undefined;
  const sends = silences(enrollment, false);
  return {
    name,
    configured,
    config: config ?? null,
    groups: apiGroups.length > 0 ? apiGroups : [...new Set(candidates.map(({ group }) => group))],
    candidates,
    enrollment,
    silences: sends,
    compat: { ...silences(compatible, true), enrollment: compatible },
    sendsAsOverridden: generation !== 'xlab' && sends.send === null && enrollment?.subject === 'overridden',
    exposures: exposuresOf(storage, now).filter(({ experiment }) => experiment === name),
    exposureKey: sends.send === null && enrollment ? exposureKey({ ...key, group: enrollment.group }) : null,
    classes: classes(name, sources),
  };
}

function candidatesOf(name: string, sources: ExperimentSources): Candidate[] {
  const { query, header, server } = sources;
  const forcedByServer = list(at(server, 'overrides')).includes(name);
  const none = { query: null, header: null, server: undefined };
  const each: EnrollmentSources[] = [
    { ...none, query },
    { ...none, header },
    { ...none, server },
  ];
  return (sources.generation === 'xlab' ? each.slice(2) : each).flatMap(one => {
    const found = enrollmentOf(name, one);
    return found
      ? [{ ...found, forced: found.source === 'query' || (found.source === 'server' && forcedByServer) }]
      : [];
  });
}

function silenceOfKitchen(
  name: string,
  enrollment: Candidate | null,
  compat: boolean,
  { configs, header, server, cookieEnabled }: ExperimentSources,
): SilenceReason | null {
  const known = configs === undefined || Boolean(at(configs, name));
  const group = at(at(server, 'assigned'), name);
  return silenceOf({
    object:
      enrollment?.source === 'query'
        ? 'overridden-experiment'
        : enrollment && known
          ? 'experiment'
          : 'unenrolled-experiment',
    group: group === undefined ? null : String(group),
    inHeader: parseEnrollments(header ?? '', '=')?.has(name) ?? false,
    compat,
    cookieEnabled,
  });
}

/** Source: mediawiki-extensions-MetricsPlatform modules/ext.xLab/index.js (getExperiment); its streams decide after it. */
function silenceOfLab(enrollment: Candidate | null): SilenceReason | null {
  if (!enrollment) return 'not-enrolled';
  return enrollment.forced ? 'enrollment-overridden' : null;
}

function classes(name: string, { server, bodyClasses, generation }: ExperimentSources): ExperimentView['classes'] {
  if (bodyClasses === undefined) return null;
  const group = at(at(server, 'assigned'), name);
  const expected = group === undefined ? [] : [...new Set(classesOf(name, String(group), generation))];
  const [own] = classesOf(name, '', generation);
  // One experiment's name may begin with another's: only what none explains is unexpected.
  const unexplained = bodyClassesOf(server, bodyClasses, generation).unexpected;
  return {
    expected,
    missing: expected.filter(one => !bodyClasses.includes(one)),
    unexpected: unexplained.filter(one => one === own || one.startsWith(`${own}-`)),
  };
}

/** The groups of the API's experiments; older answers have objects with a `slug` or `name` for names. */
function apiGroups(api: Json | undefined): Map<string, string[]> {
  const label = (value: Json | undefined) =>
    [value, at(value, 'name'), at(value, 'slug')].find(one => typeof one === 'string');
  const found = new Map<string, string[]>();
  for (const entry of Array.isArray(api) ? api : []) {
    const name = label(entry);
    const groups = at(entry, 'groups');
    if (typeof name !== 'string') continue;
    const names = (Array.isArray(groups) ? groups : []).map(label);
    found.set(
      name,
      names.filter(one => typeof one === 'string'),
    );
  }
  return found;
}

const keys = (value: Json | undefined): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
