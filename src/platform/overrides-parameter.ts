/** The query parameter `mpo`, which names a group for experiments: page and server read it each in its own way. */

import { parseEnrollments } from './enrollment.ts';

/** What one reader makes of `mpo`: groups by experiment, or nothing at all and why. */
export type Reading = { groups: Map<string, string> } | { malformed: MpoProblem };

/** Why a reader drops all of the value. */
export type MpoProblem =
  | 'no-colon'
  /** Of the page: a second colon in a part. */
  | 'second-colon'
  /** Of the server: an empty part, such as what follows a semicolon at the end. */
  | 'empty-part';

export interface MpoReadings {
  /** The value that the page reads: the first of several; null where there is none. */
  pageValue: string | null;
  /** The value that the server reads: the last of several. */
  serverValue: string | null;
  page: Reading;
  server: Reading;
  /**
   * Experiments for which the two differ, with what follows:
   * `server-only`: the page takes the server's group for a true enrollment and sends events, with the subject "overridden";
   * `page-only`: the server renders the true group, and the page forces another;
   * `groups-differ`: both force, to different groups.
   */
  differences: { experiment: string; kind: 'server-only' | 'page-only' | 'groups-differ' }[];
}

/**
 * The page's reading: adds a semicolon at the end where there is none; every part has exactly one colon.
 * Source: mediawiki-extensions-TestKitchen modules/ext.testKitchen/enrollmentConfig.js (processRawOverrideValue).
 */
export function readMpoInPage(value: string | null): Reading {
  if (!value) return { groups: new Map() };
  const groups = parseEnrollments(value.endsWith(';') ? value : `${value};`, ':');
  if (groups) return { groups };
  return { malformed: /:[^;]*:/.test(value) ? 'second-colon' : problemOf(value) };
}

/**
 * The server's reading: no semicolon at the end, and a group may have colons. "0" counts as nothing.
 * Source: mediawiki-extensions-TestKitchen includes/Coordination/RequestEnrollmentsProcessor.php
 * (processRawEnrollmentOverrides); the same in mediawiki-extensions-MetricsPlatform
 * includes/XLab/Enrollment/OverridesEnrollmentAuthority.php.
 */
export function readMpoOnServer(value: string | null): Reading {
  const groups = new Map<string, string>();
  if (!value || value === '0') return { groups };
  for (const part of value.split(';')) {
    const colon = part.indexOf(':');
    if (colon === -1) return { malformed: problemOf(value) };
    groups.set(part.slice(0, colon), part.slice(colon + 1));
  }
  return { groups };
}

/**
 * Both readings of a URL's query (with or without its question mark), and where they differ. xLab reads it on the server
 * only, and a cookie `mpo` before it in the same form.
 */
export function readMpo(search: string): MpoReadings {
  const values = new URLSearchParams(search).getAll('mpo');
  const pageValue = values[0] ?? null;
  const serverValue = values.at(-1) ?? null;
  const page = readMpoInPage(pageValue);
  const server = readMpoOnServer(serverValue);
  const differences: MpoReadings['differences'] = [];
  const [inPage, onServer] = [groupsOf(page), groupsOf(server)];
  for (const experiment of new Set([...inPage.keys(), ...onServer.keys()])) {
    const [there, here] = [onServer.get(experiment), inPage.get(experiment)];
    if (there === here) continue;
    const kind = here === undefined ? 'server-only' : there === undefined ? 'page-only' : 'groups-differ';
    differences.push({ experiment, kind });
  }
  return { pageValue, serverValue, page, server, differences };
}

/** A value that both read alike; null where a name or a group cannot be written so that both do. */
export function writeMpo(groups: ReadonlyMap<string, string>): string | null {
  for (const text of [...groups.keys(), ...groups.values()]) if (/[;:]/.test(text)) return null;
  return [...groups].map(([experiment, group]) => `${experiment}:${group}`).join(';');
}

export const groupsOf = (reading: Reading): ReadonlyMap<string, string> =>
  'groups' in reading ? reading.groups : new Map<string, string>();

const problemOf = (value: string): MpoProblem =>
  value.split(';').some(part => part !== '' && !part.includes(':')) ? 'no-colon' : 'empty-part';
