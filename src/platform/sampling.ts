/** Who is in sample, exactly as the web clients decide it, and why in one sentence. */

import { normalise } from './identifiers.ts';
import { at, toNumber, type Json } from './json.ts';

/** Of the record's closed list of reasons, those that sampling can give. */
export type SamplingReason =
  'stream-not-configured' | 'unknown-instrument' | 'invalid-sample' | 'unknown-unit' | 'out-of-sample' | 'threw';

/** The identifiers as the client reads them: null where the client has none, absent where we do not know them. */
export interface Identifiers {
  session?: string | null | undefined;
  pageview?: string | null | undefined;
}

export interface SamplingResult {
  /** The sampling unit as configured; null where there is none. */
  unit: string | null;
  /** The identifier that decides; null where none is read. */
  id: string | null;
  /** `id` normalised, 0 to 1 for every real identifier; null where there is no id, or it spells no number. */
  value: number | null;
  /** The rate as configured, unchanged. */
  rate: Json;
  /** The legacy sampling takes one in so many. */
  population?: number;
  /** Null where it depends on an identifier that is not known. */
  inSample: boolean | null;
  /** Why it is not in sample; null where it is, or where that is not known. */
  reason: SamplingReason | null;
  /** The result explained to a person, in one sentence. */
  sentence: string;
}

/**
 * Whether the client takes a stream's `sample` for valid: a unit, and a rate above 0 and up to 1. Rate 0 is invalid; a
 * rate that is a string passes where it reads as such a number.
 * Source: mediawiki-libs-metrics-platform js/src/StreamConfig.js (isValidSample).
 */
export function isValidSample(sample: Json | undefined): boolean {
  const rate = at(sample, 'rate');
  return Boolean(at(sample, 'unit') && rate && toNumber(rate) >= 0 && toNumber(rate) <= 1);
}

/**
 * Decides a stream: `config` as the client has it (only `sample` is read), undefined where it has none.
 * Source: mediawiki-libs-metrics-platform js/src/SamplingController.js (isStreamInSample).
 */
export function isStreamInSample(config: Json | undefined, ids: Identifiers): SamplingResult {
  if (!config) {
    return without('stream-not-configured', 'Dropped: the client has no config of this stream.');
  }
  const sample = at(config, 'sample');
  if (!sample) return without(null, 'In sample: the stream config has no sampling.');
  if (!isValidSample(sample)) {
    return {
      ...without('invalid-sample', ''),
      ...configured(sample),
      sentence: `Out of sample: the client takes the sampling ${brief(sample)} for invalid, it wants a unit and a rate above 0 and up to 1.`,
    };
  }
  return decide(sample, ids);
}

/**
 * Decides an instrument: `config` as Test Kitchen has it, undefined where it has none. The formula is the streams', but
 * nothing checks the sample: a rate above 1 takes everybody in, and `{}` has an unknown unit.
 * Source: mediawiki-extensions-TestKitchen modules/ext.testKitchen/index.js (getInstrument, isInstrumentInSample).
 */
export function isInstrumentInSample(config: Json | undefined, ids: Identifiers): SamplingResult {
  if (!config) {
    return without('unknown-instrument', 'Dropped: the client has no config of this instrument.');
  }
  const sample = at(config, 'sample');
  return sample ? decide(sample, ids) : without(null, 'In sample: the instrument has no sampling.');
}

/**
 * Decides by the legacy sampling: one in `population`, by the remainder of the identifier's first 8 hex digits. Another
 * share of the users than a rate takes, and at a population that is no whole number next to none.
 * @param population null where the page gave no finite number
 * @param unit whose identifier it is; null for one of the caller's own
 * Source: mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (randomTokenMatch).
 */
export function isInPopulation(
  population: number | null,
  unit: 'session' | 'pageview' | null,
  id: string | undefined,
): SamplingResult {
  const known = { unit, id: id ?? null, value: null, rate: population ? 1 / population : null };
  if (population === null || id === undefined) {
    const missing =
      population === null ? 'the population size is no number' : 'the page has not told the identifier yet';
    return { ...known, inSample: null, reason: null, sentence: `Not known: ${missing}.` };
  }
  const rest = parseInt(id.slice(0, 8), 16) % population;
  const inSample = rest === 0;
  return {
    ...known,
    population,
    inSample,
    reason: inSample ? null : 'out-of-sample',
    sentence: `${inSample ? 'In' : 'Out of'} sample: the remainder of ${id.slice(0, 8)} by ${population} is ${rest}.`,
  };
}

function decide(sample: Json, ids: Identifiers): SamplingResult {
  const known = configured(sample);
  const { unit, rate } = known;
  if (unit !== 'pageview' && unit !== 'session') {
    const sentence = `Out of sample: the client samples by pageview or session, not by ${unit === null ? 'no unit' : `"${unit}"`}.`;
    return { ...without('unknown-unit', sentence), ...known };
  }
  const id = ids[unit];
  if (id === undefined) {
    const sentence = `Not known: it depends on the ${unit} id, which the page has not told yet.`;
    return { ...known, id: null, value: null, inSample: null, reason: null, sentence };
  }
  if (id === null) {
    return { ...without('threw', `Dropped: the client has no ${unit} id to sample by, and throws.`), ...known };
  }
  const value = normalise(id);
  const inSample = value < toNumber(at(sample, 'rate'));
  const sentence = Number.isNaN(value)
    ? `Out of sample: the ${unit} id "${id.slice(0, 8)}" spells no hexadecimal number.`
    : `${inSample ? 'In' : 'Out of'} sample: the ${unit} id ${id.slice(0, 8)}… is ${value}, ${inSample ? 'below' : 'not below'} the rate ${brief(rate)}.`;
  return {
    ...known,
    id,
    value: Number.isNaN(value) ? null : value,
    inSample,
    reason: inSample ? null : 'out-of-sample',
    sentence,
  };
}

function configured(sample: Json): { unit: string | null; rate: Json } {
  const unit = at(sample, 'unit');
  return {
    unit: typeof unit === 'string' ? unit : unit === undefined || unit === null ? null : brief(unit),
    rate: at(sample, 'rate') ?? null,
  };
}

function without(reason: SamplingReason | null, sentence: string): SamplingResult {
  return { unit: null, id: null, value: null, rate: null, inSample: reason === null, reason, sentence };
}

function brief(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
