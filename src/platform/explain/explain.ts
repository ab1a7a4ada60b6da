/** One question for every client: would this identifier be in, and why? */

import type { Identifiers } from '../identifiers.ts';
import type { Json } from '../json.ts';
import { explainJava, explainKotlin, explainSwift } from './apps.ts';
import { explainBucket, type BucketExperiment } from './buckets.ts';
import { explanation, type Explanation } from './explanation.ts';
import { explainPhpPopulation, explainPopulation } from './population.ts';
import { explainInstrument, explainStream } from './web.ts';

/** The clients that decide by a config with a `sample`. */
export type ConfigClient = 'mpl-js' | 'mpl-js-1.39' | 'test-kitchen-js' | 'java' | 'kotlin' | 'swift' | 'php';

/** What is asked of which client. */
export type Question =
  /** `config`: the stream's or instrument's as the client has it; undefined where it has none. */
  | { client: ConfigClient; config: Json | undefined }
  | { client: 'legacy-modulus'; population: number | null; unit: 'session' | 'pageview' | null }
  | { client: 'php-modulus'; population: number | null; unit: 'session' }
  | { client: 'mw-experiments'; experiment: BucketExperiment; unit: 'session' | 'pageview' | null };

/**
 * What the client answers for these identifiers, and why.
 * @param token of the caller's own, where the question has no unit
 */
export function explain(question: Question, ids: Identifiers, token?: string): Explanation {
  switch (question.client) {
    case 'mpl-js':
    case 'mpl-js-1.39':
      return explainStream(question.config, ids, question.client);
    case 'test-kitchen-js':
      return explainInstrument(question.config, ids);
    case 'java':
      return explainJava(question.config, ids);
    case 'kotlin':
      return explainKotlin(question.config, ids);
    case 'swift':
      return explainSwift(question.config, ids);
    case 'php':
      // Source: mediawiki-extensions-TestKitchen includes/Sdk/InstrumentManager.php; EventLogging EventBusEventSubmitter.php.
      return explanation('php', question.config ? 'no-sampling-in-client' : 'stream-not-configured');
    case 'legacy-modulus':
      return explainPopulation(question.population, question.unit, tokenOf(question.unit, ids, token));
    case 'php-modulus':
      return explainPhpPopulation(question.population, tokenOf(question.unit, ids, token));
    case 'mw-experiments':
      return explainBucket(question.experiment, question.unit, tokenOf(question.unit, ids, token));
  }
}

const tokenOf = (unit: 'session' | 'pageview' | null, ids: Identifiers, token: string | undefined) =>
  (unit === null ? token : ids[unit]) ?? undefined;
