/** All cases. */

import type { Case } from './case.ts';
import { INTERACTION, SUBMIT } from './cases/event-logging.ts';
import { EXPERIMENT } from './cases/experiments.ts';
import { INSTRUMENT } from './cases/instruments.ts';
import { LEGACY } from './cases/legacy.ts';

export const CASES: Case[] = [...SUBMIT, ...INTERACTION, ...LEGACY, ...INSTRUMENT, ...EXPERIMENT];
