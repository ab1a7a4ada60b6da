/** From the facts of a call to the client's decision, by the client's published rules, and whether it kept to them. */

import { silenceOf } from '../platform/enrollment.ts';
import { at } from '../platform/json.ts';
import { beaconUrl, LONGEST_BEACON_URL } from '../platform/legacy.ts';
import { isInPopulation, isInstrumentInSample, isStreamInSample, type SamplingResult } from '../platform/sampling.ts';
import type { CallFact, StreamFacts } from '../record/facts.ts';
import type { Client, DecisionState, DropReason } from '../record/lists.ts';
import type { Decision, Sampling } from '../record/record.ts';
import { forcedSample, identifiersOf, unitOf } from './forced.ts';

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
      return fact.client === 'metrics-client' ? 'waiting-for-stream-configs' : 'waiting-for-subscriber';
    case 'dropped':
      return rules?.open && rules.reason === null ? 'out-of-sample' : (rules?.reason ?? null);
    default:
      return null;
  }
}

function agrees(fact: CallFact, rules: Rules): boolean {
  const { override } = fact;
  const natural = rules.sampling?.inSample ?? null;
  const naturallyIn = override?.naturallyIn;
  if (naturallyIn !== undefined && natural !== null && naturallyIn !== natural) return false;
  switch (fact.seen) {
    case 'accepted':
      return rules.reason === null;
    case 'dropped':
      // A stream's curation is not looked into: of what dispatch dropped, it is the only reason left, and has no name.
      return rules.reason !== null || rules.open === true || fact.api === 'dispatch';
    case 'threw':
      return rules.reason === 'threw' || rules.open === true;
    case 'answered':
      return rules.open === true || saidInSample(fact) === null || saidInSample(fact) === (rules.reason === null);
    case 'waiting':
    case 'unseen':
      return true;
  }
}

/** What the client answered to the question whether something is in sample; null where it was asked for another thing. */
function saidInSample({ answer }: CallFact): boolean | null {
  const said = at(answer, 'inSample');
  return typeof said === 'boolean' ? said : null;
}

function samplingOf(fact: CallFact, { unit, id, value, rate, inSample, population }: SamplingResult): Sampling {
  const seen = saidInSample(fact) ?? fact.seen === 'accepted';
  const sampling = { unit, id, value, rate, inSample: forcedSample(fact) ?? inSample ?? seen };
  return population === undefined ? sampling : { ...sampling, population };
}

function rulesOf(fact: CallFact): Rules | null {
  if (fact.population !== undefined) {
    const rules = populationRules(fact, fact.population);
    const isIn = rules.reason === null && !rules.open;
    // A Schema#log that is in sample goes on as what it tracks.
    const further = isIn && fact.api === 'Schema#log' && fact.seen === 'dropped' ? streamRules(fact) : null;
    return further?.reason ? further : rules;
  }
  if (fact.seen === 'waiting' || fact.seen === 'unseen') return null;
  if (fact.queueFull) return dropped('queue-full');
  if (fact.objectFacts) {
    const rules = objectRules(fact, fact.objectFacts);
    return fact.streamFacts && rules?.reason === null ? streamRules(fact) : rules;
  }
  return BY_STREAM.includes(fact.client) || fact.streamFacts ? streamRules(fact) : null;
}

/** The clients that decide by the config of a stream. */
const BY_STREAM: readonly Client[] = ['event-logging', 'metrics-client', 'xlab'];

/**
 * The legacy sampling.
 * Source: mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (randomTokenMatch), Schema.js (log).
 */
function populationRules(fact: CallFact, population: number | null): Rules {
  const unit = unitOf(fact);
  const sampling = isInPopulation(population, unit, fact.id ?? (unit === null ? undefined : fact[unit]));
  const inSample = forcedSample(fact) ?? sampling.inSample;
  return { reason: inSample === false ? 'out-of-sample' : null, sampling, open: inSample === null };
}

const dropped = (reason: DropReason): Rules => ({ reason, sampling: null });

/**
 * Source: mediawiki-libs-metrics-platform js/src/MetricsClient.js (submitInteraction, submit, processSubmitCall);
 * mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (logEvent), EventSubmitter.js (submitEvent).
 */
function streamRules(fact: CallFact): Rules | null {
  const { streamFacts } = fact;
  const hasSchema = Boolean(at(fact.event, '$schema') ?? fact.schema);
  const interaction = INTERACTIONS.includes(fact.api);
  if (fact.stream === undefined && fact.api === 'dispatch') {
    return fact.matched === 0 ? dropped('no-stream-for-event') : null;
  }
  if (QUESTIONS.includes(fact.api)) return streamFacts ? configuredRules(fact, streamFacts, () => null) : null;
  if (interaction && !(fact.action || at(fact.event, 'action'))) return dropped('no-action');
  if (fact.api === 'submit' && !hasSchema) return dropped('no-schema');
  if (!streamFacts) return null;
  if (!interaction && !hasSchema) return legacyRules(fact);
  return configuredRules(fact, streamFacts, () => {
    // dispatch does not redirect (EventLogging near 2025-10, MetricsClient.js, processDispatchCall)
    const isNowhere = streamFacts.redirect && streamFacts.redirectConfigured === false;
    if (isNowhere && fact.api !== 'dispatch') return 'redirect-target-not-configured';
    return streamFacts.intake === false || streamFacts.intake === '' ? 'no-intake-url' : null;
  });
}

const INTERACTIONS: readonly string[] = ['submitInteraction', 'submitClick', 'send'];
const QUESTIONS: readonly string[] = ['isStreamInSample', 'isEnabled'];

/** What the client asks of the stream's config, in its order; `rest`: what it asks of those in sample. */
function configuredRules(fact: CallFact, facts: StreamFacts, rest: () => DropReason | null): Rules {
  if (!facts.configured) {
    if (facts.pending) return dropped('lost-before-stream-configs');
    // Of xLab's instruments, and of Test Kitchen's until February 2026, each is a stream of its own.
    const isInstrument = fact.client !== 'event-logging' && fact.instrument !== undefined && !fact.objectFacts;
    return dropped(isInstrument ? 'unknown-instrument' : 'stream-not-configured');
  }
  if (INTERACTIONS.includes(fact.api) && !(at(fact.event, '$schema') ?? fact.schema)) return dropped('no-schema');
  return sampled(fact, isStreamInSample({ sample: facts.sample ?? null }, identifiersOf(fact)), rest);
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
