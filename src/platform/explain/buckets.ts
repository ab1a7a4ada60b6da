/** Buckets of MediaWiki's own experiments: a hash of name and token, laid along the buckets. */

import { UINT32_MAX } from '../identifiers.ts';
import { toNumber, type Json } from '../json.ts';
import { explanation, type Explanation } from './explanation.ts';

/** As `mw.experiments.getBucket` takes it. */
export interface BucketExperiment {
  name: string;
  enabled: boolean;
  /** The size of each bucket by its name. */
  buckets: { [bucket: string]: number };
}

/**
 * Bob Jenkins' one-at-a-time hash over the text's UTF-16 units, from the last to the first, with shifts that keep the
 * sign (the published hash has none).
 * @returns a whole number from 0 to 2^32 - 1
 * Source: mediawiki resources/src/mediawiki.experiments.js (hashString).
 */
export function oneAtATime(text: string): number {
  let hash = 0;
  for (let place = text.length - 1; place >= 0; place--) {
    hash = (hash + text.charCodeAt(place)) | 0;
    hash = (hash + (hash << 10)) | 0;
    hash ^= hash >> 6;
  }
  hash = (hash + (hash << 3)) | 0;
  hash ^= hash >> 11;
  hash = (hash + (hash << 15)) | 0;
  return hash >>> 0;
}

/**
 * The bucket of a token; `in` is every bucket but the control bucket.
 * @param unit whose identifier the token is; null for one of the caller's own
 * Source: mediawiki resources/src/mediawiki.experiments.js (getBucket).
 */
export function explainBucket(
  { name, enabled, buckets }: BucketExperiment,
  unit: string | null,
  id: string | undefined,
): Explanation & { bucket: string | null } {
  const known = { unit, id: id ?? null, rate: buckets as Json };
  const sizes = Object.entries(buckets);
  if (!enabled || sizes.length === 0) {
    return { ...explanation('mw-experiments', 'buckets-disabled', known), bucket: 'control' };
  }
  if (id === undefined) return { ...explanation('mw-experiments', 'token-not-known', known), bucket: null };

  const token = `${name}:${id}`;
  const value = oneAtATime(token) / UINT32_MAX;
  const sum = sizes.reduce((all, [, size]) => all + toNumber(size), 0);
  let end = 0;
  for (const [bucket, size] of sizes) {
    end += toNumber(size);
    if (!(value * sum <= end)) continue;
    const code = bucket === 'control' ? 'control-bucket' : 'in-bucket';
    const comparison = `${value * sum} ≤ ${end}`;
    return { ...explanation('mw-experiments', code, { ...known, value, comparison }, { bucket, token, sum }), bucket };
  }
  return { ...explanation('mw-experiments', 'no-bucket', { ...known, value }), bucket: null };
}
