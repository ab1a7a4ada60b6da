/** The promise that an identifier means the same on MediaWiki, Android and iOS, held against what each client does. */

import type { Identifiers } from '../identifiers.ts';
import { at, type Json } from '../json.ts';
import { explain, type ConfigClient } from './explain.ts';
import type { Explanation } from './explanation.ts';

export type Platform = 'mediawiki' | 'android' | 'ios';

const COMPARED: readonly [ConfigClient, Platform][] = [
  ['mpl-js', 'mediawiki'],
  ['test-kitchen-js', 'mediawiki'],
  ['php', 'mediawiki'],
  ['java', 'android'],
  ['kotlin', 'android'],
  ['swift', 'ios'],
];

export interface ComparedClient {
  client: ConfigClient;
  platform: Platform;
  /** What it does with this config as it stands. */
  asIs: Explanation;
  /** What its rule does where it is given the sample in the form that it looks for. */
  asMeant: Explanation;
  /** Why it does otherwise than the web's client of streams; null where it does the same. */
  disagrees: Disagreement | null;
}

export interface Disagreement {
  code: DisagreementCode;
  /** In English. */
  sentence: string;
  /** Its rule decides otherwise too, not only its reading of the config. */
  byRule: boolean;
}

/** A closed list, with a sentence each. */
const REASONS = {
  'sample-elsewhere': 'It looks for the sampling at another place of the config, finds none, and lets everybody in.',
  'unit-elsewhere': 'It looks for the unit under another name, finds none, and throws.',
  'not-decoded': 'It cannot decode this config, and stays without any.',
  'no-sampling': 'It does no sampling at all.',
  'unknown-unit': 'Not every client knows this unit.',
  'unit-drawn': 'It does not know the unit, and draws an identifier each time.',
  'rate-1': 'It lets everybody in at a rate of 1, where the web compares all the same and ffffffff stays out.',
  'not-checked': 'It does not check that the rate is above 0 and up to 1.',
  'other-defaults': 'It has other defaults for what the sampling leaves out.',
  'id-too-short': 'It throws at an identifier of fewer than 8 digits.',
  'id-not-hex': 'It does not read as a number what the web reads up to the first character that is no hex digit.',
  'no-id': 'It does otherwise where there is no identifier.',
} as const;
export type DisagreementCode = keyof typeof REASONS;

export interface Comparison {
  clients: ComparedClient[];
  /** Whether all clients do the same with this config as it stands, and by their rules. */
  agree: { asIs: boolean; asMeant: boolean };
}

/**
 * What each client does for the same identifiers and the same config of a stream, and where it breaks the promise.
 * @param config of a stream, or of an instrument, whose `sample` has the same form
 */
export function compare(config: Json | undefined, ids: Identifiers): Comparison {
  const web = explain({ client: 'mpl-js', config }, ids);
  const clients = COMPARED.map(([client, platform]): ComparedClient => {
    const asIs = explain({ client, config }, ids);
    const asMeant = explain({ client, config: asClientReads(client, config) }, ids);
    const byRule = asMeant.verdict !== web.verdict;
    const other = asIs.verdict !== web.verdict ? asIs : byRule ? asMeant : null;
    const code = other && reasonOf(web, other);
    return { client, platform, asIs, asMeant, disagrees: code && { code, sentence: REASONS[code], byRule } };
  });
  const same = (key: 'asIs' | 'asMeant') => clients.every(one => one[key].verdict === web.verdict);
  return { clients, agree: { asIs: same('asIs'), asMeant: same('asMeant') } };
}

/** The config with its `sample` in the form that the client looks for; the same config where it looks for `sample`. */
export function asClientReads(client: ConfigClient, config: Json | undefined): Json | undefined {
  const sample = at(config, 'sample');
  if (typeof config !== 'object' || config === null || Array.isArray(config) || !sample) return config;
  const producers = object(at(config, 'producers'));
  const own = object(at(producers, 'metrics_platform_client'));
  if (client === 'java') {
    const unit = at(sample, 'unit');
    const read = unit === undefined ? sample : { ...object(sample), identifier: unit };
    return { ...config, producers: { ...producers, metrics_platform_client: own }, sample: read };
  }
  if (client === 'swift') {
    return { ...config, producers: { ...producers, metrics_platform_client: { ...own, sampling: sample } } };
  }
  return config;
}

function object(value: Json | undefined): { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function reasonOf(web: Explanation, other: Explanation): DisagreementCode {
  switch (other.code) {
    case 'sample-elsewhere':
    case 'sample-without-producer':
      return 'sample-elsewhere';
    case 'unit-not-read':
      return UNITS.includes(other.unit) ? 'unit-elsewhere' : 'unknown-unit';
    case 'sample-not-decoded':
      return 'not-decoded';
    case 'no-sampling-in-client':
      return 'no-sampling';
    case 'random-unit':
      return 'unit-drawn';
    case 'rate-1':
      if (other.rate !== 1) return 'other-defaults';
      return web.code === 'unknown-unit' ? 'unknown-unit' : 'rate-1';
    case 'id-too-short':
    case 'id-not-hex':
      return web.code === 'no-id' ? 'no-id' : other.code;
    case 'unknown-unit':
      return other.unit === null ? 'other-defaults' : 'unknown-unit';
    case 'no-number':
      return 'id-not-hex';
  }
  if (web.code === 'unknown-unit') return 'unknown-unit';
  if (web.code === 'invalid-sample')
    return other.rate === null || other.unit === null ? 'other-defaults' : 'not-checked';
  return web.code === 'no-id' || web.code === 'id-not-known' || other.code === 'id-not-known' || other.code === 'no-id'
    ? 'no-id'
    : 'id-not-hex';
}

const UNITS: readonly (string | null)[] = ['session', 'device', 'pageview'];
