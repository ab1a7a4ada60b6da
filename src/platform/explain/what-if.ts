/** What would have to be different: another rate, another identifier. */

import { at, type Json } from '../json.ts';
import { explain, type Question } from './explain.ts';

/**
 * The same question with another rate: of a sample its `rate` (a config without sampling gets a sample by session), of a
 * population one over it. Buckets have no rate: the question comes back as it is.
 */
export function withRate(question: Question, rate: Json): Question {
  switch (question.client) {
    case 'legacy-modulus':
    case 'php-modulus':
      return { ...question, population: typeof rate === 'number' && !Number.isNaN(rate) ? 1 / rate : null };
    case 'mw-experiments':
      return question;
    default: {
      const { config } = question;
      const sample = at(config, 'sample') || { unit: 'session' };
      return { ...question, config: { ...fields(config), sample: { ...fields(sample), rate } } };
    }
  }
}

/** How many identifiers are tried where only trying tells. */
const TRIES = 100_000;

/**
 * The next identifier that would be in for all of the questions: the first 8 hex digits count up, past ffffffff they begin
 * again at 0, and the rest stays. An identifier that is in itself is not its own next one.
 * @param id of the units of all questions; what is not at least 8 hex digits counts as 00000000 and is filled up to 20
 * @returns null where none is in, or where none was found among the 100,000 that come first in either stretch
 */
export function nextIn(questions: Question | readonly Question[], id: string): string | null {
  const asked = [questions].flat();
  const wellFormed = /^[\da-f]{8}/i.test(id);
  const from = wellFormed ? parseInt(id.slice(0, 8), 16) : -1;
  const rest = wellFormed ? id.slice(8) : '0'.repeat(12);
  const upper = /[A-F]/.test(id) && !/[a-f]/.test(id);
  const write = (number: number) => {
    const digits = number.toString(16).padStart(8, '0');
    return (upper ? digits.toUpperCase() : digits) + rest;
  };
  const isIn = (candidate: string) =>
    asked.every(question => {
      const ids = { session: candidate, pageview: candidate, device: candidate };
      return explain(question, ids, candidate).verdict === 'in';
    });

  const step = Math.max(1, ...asked.map(stepOf));
  // By rate alone, if the next one is out then all are up to the end, and 0 is in if any is.
  const tries = asked.every(({ client }) => BY_RATE.includes(client)) ? 1 : TRIES;
  const after = (Math.floor(from / step) + 1) * step;
  for (const start of [after, 0]) {
    const end = Math.min(2 ** 32, start + tries * step);
    for (let number = start; number < end; number += step) {
      const candidate = write(number);
      if (isIn(candidate)) return candidate;
    }
  }
  return null;
}

const BY_RATE: readonly Question['client'][] = [
  'mpl-js',
  'mpl-js-1.39',
  'test-kitchen-js',
  'java',
  'kotlin',
  'swift',
  'php',
];

/**
 * The distance between two whole numbers that a population divides: for one that is no whole number, the first of its
 * multiples that is whole.
 */
function stepOf(question: Question): number {
  if (question.client !== 'legacy-modulus' && question.client !== 'php-modulus') return 1;
  const { population } = question;
  if (!population || !Number.isFinite(population)) return 2 ** 32;
  let step = Math.abs(question.client === 'php-modulus' ? Math.trunc(population) || 2 ** 32 : population);
  while (!Number.isInteger(step)) step *= 2;
  return Math.min(step, 2 ** 32);
}

function fields(value: Json | undefined): { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
