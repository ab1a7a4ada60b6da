/** From the facts of a call to the client's decision, by the client's published rules, and whether it kept to them. */

import { silenceOf } from '../platform/enrollment.ts';
import { at } from '../platform/json.ts';
import { beaconUrl, LONGEST_BEACON_URL } from '../platform/legacy.ts';
import { isInstrumentInSample, isStreamInSample, type SamplingResult } from '../platform/sampling.ts';
import type { CallFact } from '../record/facts.ts';
import type { DecisionState, DropReason } from '../record/lists.ts';
import type { Decision, Sampling } from '../record/record.ts';

/** What the rules say: dropped for this reason, or accepted (null); the sampling where they come to ask it. */
interface Rules {
  reason: DropReason | null;
  sampling: SamplingResult | null;
  /** The sampling decides, and depends on an identifier that is not known. */
  open?: boolean;
}

const STATES: { [K in CallFact['seen']]: DecisionState } = {
  accepted: 'accepted',
  dropped: 'dropped',
  threw: 'dropped',
  answered: 'answered',
  waiting: 'waiting',
  unseen: 'unknown',
};

/**
 * The decision of a call. The state is what the client was seen to do; the reason is what its rules say, asked in the
 * order in which its code asks them. Where the two differ, `agrees` is false; where the facts do not suffice to say what
 * the rules say, it is true.
 */
export function decide(fact: CallFact): Decision {
  const rules = rulesOf(fact);
  const state = STATES[fact.seen];
  return {
    state,
    reason: reasonOf(fact, rules),
    answer: state === 'answered' ? (fact.answer ?? null) : null,
    agrees: rules === null || agrees(fact, rules),
    sampling: rules?.sampling ? samplingOf(fact, rules.sampling) : null,
  };
}

function reasonOf(fact: CallFact, rules: Rules | null): Decision['reason'] {
  switch (fact.seen) {
    case 'threw':
      return 'threw';
    case 'waiting':
      return fact.api === 'track' ? 'waiting-for-subscriber' : 'waiting-for-stream-configs';
    case 'dropped':
      return rules?.open && rules.reason === null ? 'out-of-sample' : (rules?.reason ?? null);
    default:
      return null;
  }
}

function agrees(fact: CallFact, rules: Rules): boolean {
  const { override } = fact;
  const natural = rules.sampling?.inSample ?? null;
  if (override && natural !== null && override.naturallyIn !== natural) return false;
  switch (fact.seen) {
    case 'accepted':
      return rules.reason === null;
    case 'dropped':
      return rules.reason !== null || rules.open === true;
    case 'threw':
      return rules.reason === 'threw' || rules.open === true;
    case 'answered':
      return rules.open === true || !fact.instrument || (rules.reason === null) === isSampled(fact);
    case 'waiting':
    case 'unseen':
      return true;
  }
}

const isSampled = (fact: CallFact): boolean => fact.objectFacts?.object === 'instrument';

function samplingOf(fact: CallFact, { unit, id, value, rate, inSample }: SamplingResult): Sampling {
  const seen = fact.seen === 'accepted' || isSampled(fact);
  return { unit, id, value, rate, inSample: forcedSample(fact) ?? inSample ?? seen };
}

/** Whether a rule of an override decided instead of the sampling; null where none did. */
function forcedSample(fact: CallFact): boolean | null {
  const rule = fact.override?.rules.findLast(({ sample }) => sample === 'in' || sample === 'out');
  return rule ? rule['sample'] === 'in' : null;
}

function rulesOf(fact: CallFact): Rules | null {
  if (fact.objectFacts) return objectRules(fact, fact.objectFacts);
  if (fact.client !== 'event-logging' || fact.seen === 'waiting') return null;
  return streamRules(fact);
}

const dropped = (reason: DropReason): Rules => ({ reason, sampling: null });

/**
 * Source: mediawiki-libs-metrics-platform js/src/MetricsClient.js (submitInteraction, submit, processSubmitCall);
 * mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (logEvent), EventSubmitter.js (submitEvent).
 */
function streamRules(fact: CallFact): Rules | null {
  const { streamFacts } = fact;
  const hasSchema = Boolean(at(fact.event, '$schema') ?? fact.schema);
  const interaction = fact.api === 'submitInteraction' || fact.api === 'submitClick';
  if (interaction && !(fact.action || at(fact.event, 'action'))) return dropped('no-action');
  if (!interaction && !hasSchema && fact.api === 'submit') return dropped('no-schema');
  if (!streamFacts) return null;
  if (!interaction && !hasSchema) return legacyRules(fact);
  if (!streamFacts.configured) return dropped('stream-not-configured');
  if (!hasSchema) return dropped('no-schema');
  return sampled(fact, isStreamInSample({ sample: streamFacts.sample ?? null }, identifiersOf(fact)), () => {
    if (streamFacts.redirect && streamFacts.redirectConfigured === false) return 'redirect-target-not-configured';
    return streamFacts.intake === false || streamFacts.intake === '' ? 'no-intake-url' : null;
  });
}

/**
 * An event of a schema that was never migrated goes to the legacy beacon: no stream, no sampling. The fact has what the
 * caller passed, the client adds a little to it: so of an event that was dropped although there is a URL, its length is
 * the only reason left.
 */
function legacyRules({ event, seen, streamFacts }: CallFact): Rules {
  const base = streamFacts?.intake ?? false;
  const isLong = beaconUrl(base, { event: event ?? null }).length > LONGEST_BEACON_URL;
  if (isLong || (base && seen === 'dropped')) return dropped('url-too-long');
  return { reason: base ? null : 'no-intake-url', sampling: null };
}

/** Source: mediawiki-extensions-TestKitchen modules/ext.testKitchen/index.js (getInstrument), Experiment.js. */
function objectRules(fact: CallFact, facts: NonNullable<CallFact['objectFacts']>): Rules | null {
  switch (facts.object) {
    case 'instrument':
    case 'unsampled-instrument': {
      if (fact.instrument === undefined || facts.configured === null) return null;
      const config = facts.configured ? { sample: facts.sample ?? null } : undefined;
      return sampled(fact, isInstrumentInSample(config, identifiersOf(fact)), () => null);
    }
    default: {
      if (fact.experiment === undefined || fact.seen === 'answered') return null;
      // With cookies, an enrolled exposure is held back by nothing but the exposure log.
      // The exposure log is not looked into: of an exposure that was dropped, it is the only reason left.
      const exposureLive = fact.api === 'sendExposure' && fact.seen === 'dropped' && facts.cookieEnabled !== false;
      return { reason: silenceOf({ ...facts, object: facts.object, exposureLive }), sampling: null };
    }
  }
}

/** The sampling, an override over it, and what the client asks after it. */
function sampled(fact: CallFact, result: SamplingResult, rest: () => DropReason | null): Rules {
  if (result.reason === 'stream-not-configured' || result.reason === 'unknown-instrument')
    return dropped(result.reason);
  const forced = forcedSample(fact);
  const inSample = forced ?? result.inSample;
  if (inSample === false) return { reason: forced === false ? 'out-of-sample' : result.reason, sampling: result };
  return { reason: rest(), sampling: result, open: inSample === null };
}

/** The identifier that the client read while it decided, else those of the page at that moment. */
function identifiersOf(fact: CallFact): { session: string | undefined; pageview: string | undefined } {
  return { session: fact.id ?? fact.session, pageview: fact.id ?? fact.pageview };
}
