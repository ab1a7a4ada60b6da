/** All cases, by client and generation. */

import type { Client } from '../../src/record/lists.ts';
import type { Generation } from '../wiki/generation.ts';
import type { Case } from './case.ts';
import { INTERACTION, SUBMIT } from './cases/event-logging.ts';
import { EXPERIMENT } from './cases/experiments.ts';
import { INSTRUMENT } from './cases/instruments.ts';
import { EVENT_LOGGING_1_39 } from './cases/event-logging-1.39.ts';
import { EVENT_LOGGING_1_45 } from './cases/event-logging-1.45.ts';
import { LEGACY, SAMPLING } from './cases/legacy.ts';
import { METRICS_CLIENT } from './cases/metrics-client.ts';
import { XLAB } from './cases/xlab.ts';

export interface CaseSet {
  /** The client that all of its records are to name. */
  client: Client;
  generation: Generation;
  cases: Case[];
}

const set = (client: Client, generation: Generation, ...cases: Case[][]): CaseSet => ({
  client,
  generation,
  cases: cases.flat().map(one => ({
    ...one,
    generation,
    expected: one.expected.map(record => ({ client, ...record })),
  })),
});

export const SETS: CaseSet[] = [
  set('event-logging', '1.39', EVENT_LOGGING_1_39),
  set('event-logging', '1.45', EVENT_LOGGING_1_45),
  set('event-logging', 'newest', SUBMIT, INTERACTION, LEGACY, SAMPLING.newest),
  set('test-kitchen', 'newest', INSTRUMENT, EXPERIMENT),
  set('xlab', '1.45', XLAB),
  set('metrics-client', 'standalone', METRICS_CLIENT),
];

export const CASES: Case[] = SETS.flatMap(({ cases }) => cases);
