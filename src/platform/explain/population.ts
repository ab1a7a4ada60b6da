/** The legacy sampling: one in so many, by the remainder of a division. Another share of the users than a rate takes. */

import { explanation, type Explanation } from './explanation.ts';

/**
 * One in `population`, by the remainder of the identifier's first 8 hex digits. At a population that is no whole number
 * (`Schema` takes one over the rate) next to nobody is in; at Infinity only who begins with 00000000 is.
 * @param population null where the page gave no finite number
 * @param unit whose identifier it is; null for one of the caller's own
 * @param id undefined where it is not known; the client draws one where it is empty
 * Source: mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (randomTokenMatch), Schema.js.
 */
export function explainPopulation(
  population: number | null,
  unit: 'session' | 'pageview' | null,
  id: string | undefined,
): Explanation {
  const known = { unit, id: id ?? null, rate: population ? 1 / population : null };
  if (population === null) return explanation('legacy-modulus', 'population-not-known', known);
  if (id === undefined) return explanation('legacy-modulus', 'token-not-known', known);
  if (id === '') return explanation('legacy-modulus', 'random-token', known);
  return byRemainder('legacy-modulus', known, parseInt(id.slice(0, 8), 16), population, id);
}

/**
 * The same in PHP, which drops what is no hex digit and divides by a whole number: 3.33 counts as 3, below 1 it throws.
 * Source: mediawiki-extensions-EventLogging includes/EventLogging.php (sessionInSample).
 */
export function explainPhpPopulation(population: number | null, id: string | undefined): Explanation {
  const known = { unit: 'session', id: id ?? null, rate: population ? 1 / population : null };
  if (population === null) return explanation('php-modulus', 'population-not-known', known);
  if (id === undefined) return explanation('php-modulus', 'token-not-known', known);
  const whole = Number.isFinite(population) ? Math.trunc(population) : 0;
  if (whole === 0) return explanation('php-modulus', 'division-by-zero', known, { population: String(population) });
  const digits = id.slice(0, 8).replace(/[^\da-f]/gi, '');
  return byRemainder('php-modulus', known, digits === '' ? 0 : parseInt(digits, 16), whole, id);
}

function byRemainder(
  client: 'legacy-modulus' | 'php-modulus',
  known: { unit: string | null; id: string | null; rate: number | null },
  number: number,
  population: number,
  id: string,
): Explanation {
  const remainder = number % population;
  const isIn = remainder === 0;
  const read = { ...known, digits: id.slice(0, 8), comparison: `${number} % ${population} = ${remainder}` };
  const values = { population: finite(population), remainder: finite(remainder) };
  return explanation(client, isIn ? 'remainder-0' : 'remainder', read, values);
}

/** JSON has no NaN and no Infinity. */
const finite = (number: number) => (Number.isFinite(number) ? number : String(number));
