/** What a rule of an override made of a call's sampling. */

import { at } from '../platform/json.ts';
import { isInPopulation, isInstrumentInSample, isStreamInSample } from '../platform/sampling.ts';
import type { CallFact } from '../record/facts.ts';
import type { JsonObject } from '../record/record.ts';

/** Whose identifier the legacy sampling of this call looks at; null for one of the caller's own. */
export const unitOf = ({ api }: CallFact): 'session' | 'pageview' | null =>
  api === 'randomTokenMatch' ? null : api === 'sessionInSample' ? 'session' : 'pageview';

/** The identifier that the client read while it decided, else those of the page at that moment. */
export function identifiersOf(fact: CallFact): { session: string | undefined; pageview: string | undefined } {
  return { session: fact.id ?? fact.session, pageview: fact.id ?? fact.pageview };
}

/** Whether a rule had this call be in sample; null where none decided. */
export function forcedSample(fact: CallFact): boolean | null {
  const sample = fact.override?.rules.find(rule => 'sample' in rule && isAbout(rule, fact))?.['sample'];
  if (sample === 'in' || sample === 'out') return sample === 'in';
  return typeof sample === 'number' ? isInAtRate(fact, sample) : null;
}

function isAbout(rule: JsonObject, fact: CallFact): boolean {
  const { stream, instrument, schema, population } = rule;
  if (stream !== undefined) return fact.objectFacts === undefined && stream === fact.stream;
  if (instrument !== undefined) return instrument === fact.instrument;
  if (schema !== undefined) return fact.api === 'Schema#log' && fact.stream === `eventlogging_${String(schema)}`;
  return population !== undefined && fact.population !== undefined && population === unitOf(fact);
}

/** The client's own formula at another rate. */
function isInAtRate(fact: CallFact, rate: number): boolean | null {
  if (fact.population !== undefined) {
    const unit = unitOf(fact);
    return isInPopulation(1 / rate, unit, fact.id ?? (unit === null ? undefined : fact[unit])).inSample;
  }
  const { objectFacts, streamFacts } = fact;
  const unit = at((objectFacts ?? streamFacts)?.sample, 'unit') ?? 'session';
  const decide = objectFacts ? isInstrumentInSample : isStreamInSample;
  return decide({ sample: { unit, rate } }, identifiersOf(fact)).inSample;
}
