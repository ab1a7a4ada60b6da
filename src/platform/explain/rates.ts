/** Rates of several wikis side by side, from what the APIs answer. */

import { at, type Json } from '../json.ts';

export interface WikiRate {
  /** The wiki's database name; null for the default. */
  wiki: string | null;
  unit: string;
  rate: number;
  /** The API's rate is no number and counts as 0. */
  malformed: boolean;
  /** The wiki is listed under several rates: which of them counts depends on the order of the answer. */
  ambiguous: boolean;
}

/**
 * The rates of an instrument or experiment of Test Kitchen's API, the default first, then each wiki that it names.
 * @param entry with `sample_rate` (`{ "default": rate, "<rate>": [wikis] }`) and `sample_unit`; without them 0 by session
 * Source: mediawiki-extensions-TestKitchen includes/ConfigsFetcher.php (getSampleConfig).
 */
export function instrumentRates(entry: Json): WikiRate[] {
  const given = at(entry, 'sample_unit');
  const unit = typeof given === 'string' ? given : 'session';
  const rates = at(entry, 'sample_rate');
  const byWiki = new Map<string, WikiRate>();
  for (const [rate, wikis] of Object.entries(typeof rates === 'object' && rates !== null ? rates : {})) {
    if (rate === 'default' || !Array.isArray(wikis)) continue;
    for (const wiki of wikis) {
      if (typeof wiki !== 'string') continue;
      const known = byWiki.get(wiki);
      if (known) known.ambiguous = true;
      else byWiki.set(wiki, { wiki, unit, ...numeric(rate), ambiguous: false });
    }
  }
  const standard = rates === undefined ? { rate: 0, malformed: false } : numeric(at(rates, 'default'));
  return [{ wiki: null, unit, ...standard, ambiguous: false }, ...byWiki.values()];
}

/** The rate on one wiki: its own where the API names it, else the default. */
export function instrumentRateOn(entry: Json, wiki: string): WikiRate {
  const rates = instrumentRates(entry);
  const [standard] = rates;
  return { ...(rates.find(one => one.wiki === wiki) ?? standard), wiki } as WikiRate;
}

/** An instrument's config as the wiki's server makes it of the API's entry, so far as sampling goes. */
export function instrumentConfigOn(entry: Json, wiki: string): Json {
  const { unit, rate } = instrumentRateOn(entry, wiki);
  return { sample: { rate, unit } };
}

/**
 * The `sample` of a stream on several wikis; undefined where the wiki does not know the stream, null where it has none.
 * @param answers each wiki's answer to `action=streamconfigs`
 * Source: mediawiki-extensions-EventStreamConfig includes/ApiStreamConfigs.php.
 */
export function streamSamples(
  answers: { [wiki: string]: Json },
  stream: string,
): { wiki: string; sample: Json | undefined }[] {
  return Object.entries(answers).map(([wiki, answer]) => {
    const config = at(at(answer, 'streams'), stream);
    return { wiki, sample: config === undefined ? undefined : (at(config, 'sample') ?? null) };
  });
}

/** As PHP's `is_numeric` has it: white space around, a sign, decimals and an exponent; no hexadecimal numbers. */
function numeric(rate: Json | undefined): { rate: number; malformed: boolean } {
  if (typeof rate === 'number') return { rate, malformed: false };
  const isNumber = typeof rate === 'string' && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(rate);
  return isNumber ? { rate: Number(rate), malformed: false } : { rate: 0, malformed: true };
}
