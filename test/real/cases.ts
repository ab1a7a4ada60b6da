/** All cases, by client and generation. */

import type { Client } from '../../src/record/lists.ts';
import type { Generation } from '../wiki/generation.ts';
import type { Case } from './case.ts';
import { INTERACTION, SUBMIT } from './cases/event-logging.ts';
import { EXPERIMENT } from './cases/experiments.ts';
import { INSTRUMENT } from './cases/instruments.ts';
import { LEGACY } from './cases/legacy.ts';

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
  set('event-logging', 'newest', SUBMIT, INTERACTION, LEGACY),
  set('test-kitchen', 'newest', INSTRUMENT, EXPERIMENT),
];

export const CASES: Case[] = SETS.flatMap(({ cases }) => cases);
