/** Sampling by rate, as the clients of the apps do it: the web's formula, read and guarded otherwise. */

import { UINT32_MAX, type Identifiers } from '../identifiers.ts';
import { at, brief, type Json } from '../json.ts';
import { explanation, unitText, type Explanation } from './explanation.ts';

type AppClient = 'java' | 'kotlin' | 'swift';
type Unit = keyof Identifiers;

const UNITS: readonly string[] = ['session', 'device', 'pageview'];
const isUnit = (unit: unknown): unit is Unit => typeof unit === 'string' && UNITS.includes(unit);
const isThere = (value: Json | undefined): value is Json => value !== undefined && value !== null;
const isObject = (value: Json): value is { [key: string]: Json } => typeof value === 'object' && !Array.isArray(value);

/**
 * Java on Android. It looks at `sample` only where `producers.metrics_platform_client` is there, and for the unit under
 * `identifier`, which production's configs do not have: then any rate but 0 and 1 throws.
 * Source: mediawiki-libs-metrics-platform java/src/main/java/org/wikimedia/metrics_platform/SamplingController.java,
 * config/StreamConfig.java (hasSampleConfig), config/sampling/SampleConfig.java.
 */
export function explainJava(config: Json | undefined, ids: Identifiers): Explanation {
  if (!config) return explanation('java', 'stream-not-configured');
  const sample = at(config, 'sample');
  if (!isThere(sample)) return explanation('java', 'stream-not-sampled');
  if (!isThere(clientConfig(config))) {
    return explanation('java', 'sample-without-producer', shown(sample), { sample });
  }
  const rate = number(at(sample, 'rate') ?? 0);
  if (!isObject(sample) || rate === null) return undecoded('java', sample);
  const unit = at(sample, 'identifier');
  const known = { unit: unitText(unit ?? at(sample, 'unit')), rate: at(sample, 'rate') ?? null };
  if (rate === 1) return explanation('java', 'rate-1', known);
  if (rate === 0) return explanation('java', 'rate-0', known);
  if (!isUnit(unit)) return explanation('java', 'unit-not-read', known);
  const id = ids[unit];
  if (id === null) return explanation('java', 'no-id', known);
  return byLong('java', known, rate, id);
}

/**
 * Kotlin on Android, now. A missing rate counts as 1 and a missing unit as session; for a unit that it does not know it
 * draws an identifier each time; a missing identifier is an empty one.
 * Source: apps-android-wikipedia org/wikimedia/testkitchen/SamplingController.kt, config/sampling/SampleConfig.kt.
 */
export function explainKotlin(config: Json | undefined, ids: Identifiers): Explanation {
  if (!config) return explanation('kotlin', 'stream-not-configured');
  const sample = at(config, 'sample');
  if (!isThere(sample)) return explanation('kotlin', 'stream-not-sampled');
  const given = at(sample, 'rate');
  const rate = given === undefined ? 1 : given === null ? null : number(given);
  const unit = at(sample, 'unit') === undefined ? 'session' : at(sample, 'unit');
  if (!isObject(sample) || rate === null || typeof unit !== 'string') return undecoded('kotlin', sample);
  const known = { unit, rate: given ?? null };
  if (rate === 1) return explanation('kotlin', 'rate-1', known);
  if (rate === 0) return explanation('kotlin', 'rate-0', known);
  if (!isUnit(unit)) {
    const code = rate > 1 ? 'every-draw-in' : rate < 0 ? 'no-draw-in' : 'random-unit';
    return explanation('kotlin', code, known);
  }
  return byLong('kotlin', known, rate, ids[unit] === null ? '' : ids[unit]);
}

/**
 * Swift on iOS. It looks for the sampling in `producers.metrics_platform_client.sampling`, not in the `sample` that
 * production's configs have; it knows the units session and device.
 * Source: mediawiki-libs-metrics-platform swift/Sources/WikimediaMetricsPlatform/SamplingController.swift,
 * StreamConfig/StreamConfig.swift (getSamplingConfig), StreamConfig/SamplingConfig.swift.
 */
export function explainSwift(config: Json | undefined, ids: Identifiers): Explanation {
  if (!config) return explanation('swift', 'stream-not-configured');
  const sample = at(clientConfig(config), 'sampling');
  if (!isThere(sample)) {
    const given = at(config, 'sample');
    if (!isThere(given)) return explanation('swift', 'stream-not-sampled');
    return explanation('swift', 'sample-elsewhere', shown(given), { sample: given });
  }
  const rate = at(sample, 'rate') ?? null;
  const unit = at(sample, 'unit') ?? null;
  const decoded = (rate === null || typeof rate === 'number') && (unit === null || typeof unit === 'string');
  if (!isObject(sample) || !decoded) return undecoded('swift', sample);
  const known = { unit, rate };
  if (unit !== 'session' && unit !== 'device') {
    return explanation('swift', 'unknown-unit', known, { units: 'session or device' });
  }
  if (rate === null) return explanation('swift', 'no-rate', known, { sample });
  const id = ids[unit];
  if (typeof id !== 'string') return explanation('swift', 'id-not-known', known);
  const digits = id.slice(0, 8);
  const read = { ...known, id, digits };
  // UInt32(_:radix:) takes a sign, and of negative numbers only 0.
  if (!/^(?:\+?[\da-f]+|-0+)$/i.test(digits)) return explanation('swift', 'no-number', read);
  return compared('swift', read, Math.abs(parseInt(digits, 16)) / UINT32_MAX, rate);
}

/** `Long.parseLong(id.substring(0, 8), 16)`: takes a sign, and throws on what `parseInt` lets pass. */
function byLong(
  client: AppClient,
  known: { unit: string | null; rate: Json },
  rate: number,
  id: string | undefined,
): Explanation {
  if (id === undefined) return explanation(client, 'id-not-known', known);
  const digits = id.slice(0, 8);
  const read = { ...known, id, digits };
  if (digits.length < 8) return explanation(client, 'id-too-short', read);
  if (!/^[+-]?[\da-f]+$/i.test(digits)) return explanation(client, 'id-not-hex', read);
  return compared(client, read, parseInt(digits, 16) / UINT32_MAX, rate);
}

function compared(
  client: AppClient,
  read: { unit: string | null; rate: Json; id: string; digits: string },
  value: number,
  rate: number,
): Explanation {
  const isIn = value < rate;
  const comparison = `${value} ${isIn ? '<' : '≥'} ${brief(rate)}`;
  return explanation(client, isIn ? 'below' : 'not-below', { ...read, value, comparison });
}

const clientConfig = (config: Json) => at(at(config, 'producers'), 'metrics_platform_client');

const shown = (sample: Json) => ({ unit: unitText(at(sample, 'unit')), rate: at(sample, 'rate') ?? null });

const undecoded = (client: AppClient, sample: Json) =>
  explanation(client, 'sample-not-decoded', shown(sample), { sample });

/** A rate as the JSON readers of both Android clients take it: a number, or one in quotes; null where they throw. */
function number(value: Json): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value) ? Number(value) : null;
}
