/** Enrollment in experiments: who assigns a group, whose word counts, and why an experiment stays silent. */

import { at, type Json } from './json.ts';

/** Everything an enrollment can come from, as the page has it. */
export interface EnrollmentSources {
  /** The value of the `mpo` query parameter; null where there is none. */
  query: string | null;
  /** The `WMF-Uniq` Server-Timing description of the navigation; null where there is none. */
  header: string | null;
  /** `wgTestKitchenUserExperiments`. */
  server: Json | undefined;
}

export interface Enrollment {
  group: string;
  subject: string | null;
  source: 'query' | 'header' | 'server';
}

/**
 * Reads `name<separator>group;...`. One malformed part discards all of it, as in the client: null.
 * Source: mediawiki-extensions-TestKitchen modules/ext.testKitchen/enrollmentConfig.js (processRawValue).
 */
export function parseEnrollments(raw: string, separator: ':' | '='): Map<string, string> | null {
  const parts = raw.split(';');
  if (parts.pop() !== '') return null;
  const groups = new Map<string, string>();
  for (const part of parts) {
    const [name, group, ...rest] = part.split(separator);
    if (name === undefined || group === undefined || rest.length > 0) return null;
    // The client keeps them in a plain object, where this name keeps nothing.
    if (name !== '__proto__') groups.set(name, group);
  }
  return groups;
}

/**
 * The enrollment that counts for one experiment, null where there is none: first the query's override, then the header
 * (which the synchronous `compat` API does not see), then the server's.
 * Source: mediawiki-extensions-TestKitchen modules/ext.testKitchen/enrollmentConfig.js (getInternal, get, getAsync).
 */
export function enrollmentOf(experiment: string, sources: EnrollmentSources, compat = false): Enrollment | null {
  const query = sources.query && (sources.query.endsWith(';') ? sources.query : `${sources.query};`);
  const overridden = query ? parseEnrollments(query, ':')?.get(experiment) : undefined;
  if (overridden !== undefined) return { group: overridden, subject: 'overridden', source: 'query' };

  const inHeader = compat ? undefined : parseEnrollments(sources.header ?? '', '=')?.get(experiment);
  if (inHeader !== undefined) return { group: inHeader, subject: 'awaiting', source: 'header' };

  const group = at(at(sources.server, 'assigned'), experiment);
  if (group === undefined) return null;
  const subject = at(at(sources.server, 'subject_ids'), experiment);
  return { group: String(group), subject: typeof subject === 'string' ? subject : null, source: 'server' };
}

/** Of the record's closed list of reasons, those for an experiment's silence. */
export type SilenceReason =
  | 'not-enrolled'
  | 'not-visible-to-compat'
  | 'experiment-not-configured'
  | 'enrollment-overridden'
  | 'exposure-already-sent'
  | 'cookies-disabled';

/** What decides whether an experiment sends. Absent where it is not known: then it is taken as the usual case. */
export interface ExperimentFacts {
  object: 'experiment' | 'unenrolled-experiment' | 'overridden-experiment';
  /** The group that the server assigns; null for none. */
  group?: string | null | undefined;
  inHeader?: boolean | undefined;
  compat?: boolean | undefined;
  cookieEnabled?: boolean | undefined;
  /** For an exposure: whether this exposure was already sent, by this page or this tab, and has not expired. */
  exposureLive?: boolean | undefined;
}

/**
 * Why an experiment sends nothing; null where it sends. An object that is unenrolled although there is an enrollment is
 * so because the client has no config of the experiment.
 * Source: mediawiki-extensions-TestKitchen modules/ext.testKitchen/index.js (newExperiment), Experiment.js (send,
 * sendExposure), ExposureLogTracker.js (trySend): the exposure log is asked before the cookies are.
 */
export function silenceOf(facts: ExperimentFacts): SilenceReason | null {
  switch (facts.object) {
    case 'overridden-experiment':
      return 'enrollment-overridden';
    case 'unenrolled-experiment':
      if (typeof facts.group === 'string') return 'experiment-not-configured';
      if (!facts.inHeader) return 'not-enrolled';
      return facts.compat ? 'not-visible-to-compat' : 'experiment-not-configured';
    case 'experiment':
      if (facts.exposureLive) return 'exposure-already-sent';
      return facts.cookieEnabled === false ? 'cookies-disabled' : null;
  }
}
