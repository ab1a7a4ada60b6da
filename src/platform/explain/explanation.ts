/** What a client decides about one identifier and why: in numbers, as a code of a closed list, and as a sentence. */

import { brief, type Json } from '../json.ts';

export const SAMPLING_CLIENTS = [
  /** The Metrics Platform library in EventLogging, as of 2025 and now; and near 2022-11. */
  'mpl-js',
  'mpl-js-1.39',
  'test-kitchen-js',
  /** `mw.eventLog.randomTokenMatch` and what is built on it; its counterpart in PHP. */
  'legacy-modulus',
  'php-modulus',
  /** `mw.experiments.getBucket` of MediaWiki itself. */
  'mw-experiments',
  'java',
  'kotlin',
  'swift',
  'php',
] as const;
export type SamplingClient = (typeof SAMPLING_CLIENTS)[number];

/** `random`: another answer each time; `not-known`: it depends on something that we do not know. */
export type Verdict = 'in' | 'out' | 'throws' | 'random' | 'not-known';

/** Each code has one verdict and one sentence, with the names of its values in braces. */
const CODES = {
  'stream-not-configured': ['out', 'Dropped: the client has no config of this stream.'],
  'instrument-not-configured': ['out', 'Dropped: the client has no config of this instrument.'],
  'stream-not-sampled': ['in', 'In sample: the stream config has no sampling.'],
  'instrument-not-sampled': ['in', 'In sample: the instrument has no sampling.'],
  'config-not-object': ['throws', 'Dropped: the instrument config {config} is no object, and the client throws.'],
  'no-sampling-in-client': ['in', 'In sample: the PHP client does no sampling.'],
  'sample-without-producer': [
    'in',
    'In sample: the client reads the sampling {sample} only where there is a producers.metrics_platform_client.',
  ],
  'sample-elsewhere': [
    'in',
    'In sample: the client looks for its sampling in producers.metrics_platform_client.sampling, not at {sample}.',
  ],
  'sample-not-decoded': [
    'throws',
    'Dropped: the client cannot decode the sampling {sample}, and so gets no stream configs at all.',
  ],
  'invalid-sample': [
    'out',
    'Out of sample: the client takes the sampling {sample} for invalid, it wants a unit and a rate above 0 and up to 1.',
  ],
  'no-rate': ['out', 'Out of sample: the client finds no rate in the sampling {sample}.'],
  'unknown-unit': ['out', 'Out of sample: the client samples by {units}, not by {unit}.'],
  'unit-not-read': [
    'throws',
    'Dropped: the client looks for the unit under "identifier", where it finds none of its units, and throws.',
  ],
  'random-unit': [
    'random',
    'By chance: the client does not know the unit {unit} and draws an identifier each time, of which a share of {rate} is in.',
  ],
  'every-draw-in': ['in', 'In sample: the client draws an identifier each time, and each is below the rate {rate}.'],
  'no-draw-in': ['out', 'Out of sample: the client draws an identifier each time, and none is below the rate {rate}.'],
  'random-token': ['random', 'By chance: without an identifier the client draws one each time.'],
  'rate-1': ['in', 'In sample: the client lets everybody in at a rate of 1, and reads no identifier.'],
  'rate-0': ['out', 'Out of sample: the client lets nobody in at a rate of 0, and reads no identifier.'],
  'id-not-known': ['not-known', 'Not known: it depends on the {unit} id, which the page has not told yet.'],
  'no-id': ['throws', 'Dropped: the client has no {unit} id to sample by, and throws.'],
  'id-too-short': ['throws', 'Dropped: the {unit} id "{digits}" has fewer than 8 digits, and the client throws.'],
  'id-not-hex': ['throws', 'Dropped: the {unit} id "{digits}" spells no hexadecimal number, and the client throws.'],
  'no-number': ['out', 'Out of sample: the {unit} id "{digits}" spells no hexadecimal number.'],
  below: ['in', 'In sample: the {unit} id {digits}… is {value}, below the rate {rate}.'],
  'not-below': ['out', 'Out of sample: the {unit} id {digits}… is {value}, not below the rate {rate}.'],
  'population-not-known': ['not-known', 'Not known: the population size is no number.'],
  'token-not-known': ['not-known', 'Not known: the page has not told the identifier yet.'],
  'remainder-0': ['in', 'In sample: the remainder of {digits} by {population} is 0.'],
  remainder: ['out', 'Out of sample: the remainder of {digits} by {population} is {remainder}.'],
  'division-by-zero': ['throws', 'Dropped: the client divides by {population} as a whole number, 0, and throws.'],
  'in-bucket': ['in', 'In bucket {bucket}: the hash of "{token}" is {value} of the buckets’ sum {sum}.'],
  'control-bucket': ['out', 'In the control bucket: the hash of "{token}" is {value} of the buckets’ sum {sum}.'],
  'buckets-disabled': ['out', 'In the control bucket: the experiment is disabled or has no buckets.'],
  'no-bucket': ['out', 'In no bucket: the buckets’ sizes are no numbers that can be added up.'],
} as const satisfies { [code: string]: readonly [Verdict, string] };

export type SamplingCode = keyof typeof CODES;
export const SAMPLING_CODES = Object.keys(CODES) as SamplingCode[];

/** Each sentence cut at its values: text at even places, names of values at odd ones. The log asks for many. */
const PARTS = Object.fromEntries(
  Object.entries(CODES).map(([code, [, sentence]]) => [code, sentence.split(/[{}]/)]),
) as { [K in SamplingCode]: string[] };

export interface Explanation {
  client: SamplingClient;
  verdict: Verdict;
  /** Why, of the closed list; `values` has what its sentence speaks of. */
  code: SamplingCode;
  values: { [name: string]: Json };
  /** In English, put together from `code` and `values`. */
  sentence: string;
  /** The sampling unit as configured; null where there is none. */
  unit: string | null;
  /** The identifier that decides; null where none is read. */
  id: string | null;
  /** What the client reads of it: its first 8 characters. */
  digits: string | null;
  /** `digits` as a number from 0 to 1, or the hash as such; null where there is none. */
  value: number | null;
  /** As configured, unchanged. */
  rate: Json;
  /** What the client compares, such as `0.5 < 0.2`; null where it does not come to that. */
  comparison: string | null;
}

type Known = Partial<Pick<Explanation, 'unit' | 'id' | 'digits' | 'value' | 'rate' | 'comparison'>>;

/** Puts an explanation together; `more` are values that only the sentence has. */
export function explanation(
  client: SamplingClient,
  code: SamplingCode,
  known: Known = {},
  more: { [name: string]: Json } = {},
): Explanation {
  const [verdict] = CODES[code];
  const { unit = null, id = null, digits = null, value = null, rate = null, comparison = null } = known;
  const all: { [name: string]: Json | undefined } = { unit, digits, value, rate, ...more };
  const values: { [name: string]: Json } = {};
  let sentence = '';
  PARTS[code].forEach((part, place) => {
    if (place % 2 === 0) {
      sentence += part;
      return;
    }
    const given = all[part] ?? null;
    values[part] = given;
    sentence += word(code, part, given);
  });
  return { client, verdict, code, values, sentence, unit, id, digits, value, rate, comparison };
}

/** A value as its sentence has it: a unit that no client knows in quotes, JSON as JSON. */
function word(code: SamplingCode, name: string, value: Json): string {
  if (name === 'unit' && value === null) return 'no unit';
  const quoted = name === 'unit' && (code === 'unknown-unit' || code === 'random-unit');
  if (quoted || name === 'rate' || name === 'sample' || name === 'config') return brief(value);
  return typeof value === 'string' ? value : brief(value);
}

/** A unit as text, whatever stands there; null where there is none. */
export function unitText(unit: Json | undefined): string | null {
  return typeof unit === 'string' ? unit : unit === undefined || unit === null ? null : brief(unit);
}
