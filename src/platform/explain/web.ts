/** Sampling by rate, as the JavaScript clients do it. */

import { normalise, type Identifiers } from '../identifiers.ts';
import { at, brief, toNumber, type Json } from '../json.ts';
import { explanation, unitText, type Explanation, type SamplingClient } from './explanation.ts';

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
 * The same as of 2022-11: a rate that is no number at all passes, and takes nobody in.
 * Source: mediawiki-extensions-EventLogging modules/lib/metrics-platform/SamplingController.js (streamInSample).
 */
function wasValidSample(sample: Json | undefined): boolean {
  const rate = at(sample, 'rate');
  return Boolean(at(sample, 'unit') && rate && !(toNumber(rate) < 0) && !(toNumber(rate) > 1));
}

/**
 * A stream in EventLogging. `config` as the client has it (only `sample` is read), undefined where it has none.
 * Source: mediawiki-libs-metrics-platform js/src/SamplingController.js (isStreamInSample).
 */
export function explainStream(
  config: Json | undefined,
  ids: Identifiers,
  client: 'mpl-js' | 'mpl-js-1.39' = 'mpl-js',
): Explanation {
  if (!config) return explanation(client, 'stream-not-configured');
  const sample = at(config, 'sample');
  if (!sample) return explanation(client, 'stream-not-sampled');
  const valid = client === 'mpl-js' ? isValidSample : wasValidSample;
  if (!valid(sample)) return explanation(client, 'invalid-sample', configured(sample), { sample });
  return byRate(client, sample, ids);
}

/**
 * An instrument of Test Kitchen. `config` as the client has it, undefined where it has none. The formula is the streams',
 * but nothing checks the sample: a rate above 1 takes everybody in, and `{}` has an unknown unit.
 * Source: mediawiki-extensions-TestKitchen modules/ext.testKitchen/index.js (getInstrument, isInstrumentInSample).
 */
export function explainInstrument(config: Json | undefined, ids: Identifiers): Explanation {
  if (!config) return explanation('test-kitchen-js', 'instrument-not-configured');
  // Of what is no object, the client asks for `sample` in vain, and then cannot set its own property.
  if (typeof config !== 'object') return explanation('test-kitchen-js', 'config-not-object', {}, { config });
  const sample = at(config, 'sample');
  return sample ? byRate('test-kitchen-js', sample, ids) : explanation('test-kitchen-js', 'instrument-not-sampled');
}

function byRate(client: SamplingClient, sample: Json, ids: Identifiers): Explanation {
  const known = configured(sample);
  const { unit, rate } = known;
  if (unit !== 'pageview' && unit !== 'session') {
    return explanation(client, 'unknown-unit', known, { units: 'pageview or session' });
  }
  const id = ids[unit];
  if (id === undefined) return explanation(client, 'id-not-known', known);
  if (id === null) return explanation(client, 'no-id', known);
  const value = normalise(id);
  const read = { ...known, id, digits: id.slice(0, 8) };
  if (Number.isNaN(value)) return explanation(client, 'no-number', read);
  const isIn = value < toNumber(at(sample, 'rate'));
  const comparison = `${value} ${isIn ? '<' : '≥'} ${brief(rate)}`;
  return explanation(client, isIn ? 'below' : 'not-below', { ...read, value, comparison });
}

function configured(sample: Json): { unit: string | null; rate: Json } {
  return { unit: unitText(at(sample, 'unit')), rate: at(sample, 'rate') ?? null };
}
