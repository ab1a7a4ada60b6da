/** Who is in sample, exactly as the web clients decide it, and why in one sentence: what the log and its views ask. */

import type { Explanation, SamplingCode } from './explain/explanation.ts';
import { explainPopulation } from './explain/population.ts';
import { explainInstrument, explainStream } from './explain/web.ts';
import type { Identifiers } from './identifiers.ts';
import type { Json } from './json.ts';

export { isValidSample } from './explain/web.ts';
export type { Identifiers } from './identifiers.ts';

/** Of the record's closed list of reasons, those that sampling can give. */
export type SamplingReason =
  'stream-not-configured' | 'unknown-instrument' | 'invalid-sample' | 'unknown-unit' | 'out-of-sample' | 'threw';

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

/** The reasons of the record for those codes that are not simply out of sample. */
const REASONS: { [K in SamplingCode]?: SamplingReason } = {
  'stream-not-configured': 'stream-not-configured',
  'instrument-not-configured': 'unknown-instrument',
  'invalid-sample': 'invalid-sample',
  'unknown-unit': 'unknown-unit',
  'no-id': 'threw',
  'config-not-object': 'threw',
};

/** Decides a stream; as `explainStream` (newest client). */
export function isStreamInSample(config: Json | undefined, ids: Identifiers): SamplingResult {
  return resultOf(explainStream(config, ids));
}

/** Decides an instrument; as `explainInstrument`. */
export function isInstrumentInSample(config: Json | undefined, ids: Identifiers): SamplingResult {
  return resultOf(explainInstrument(config, ids));
}

/** Decides by the legacy sampling; as `explainPopulation`. */
export function isInPopulation(
  population: number | null,
  unit: 'session' | 'pageview' | null,
  id: string | undefined,
): SamplingResult {
  const result = resultOf(explainPopulation(population, unit, id));
  return population === null || id === undefined ? result : { ...result, population };
}

function resultOf({ verdict, code, unit, id, value, rate, sentence }: Explanation): SamplingResult {
  const inSample = verdict === 'in' ? true : verdict === 'out' || verdict === 'throws' ? false : null;
  const reason = inSample === false ? (REASONS[code] ?? 'out-of-sample') : null;
  return { unit, id, value, rate, inSample, reason, sentence };
}
