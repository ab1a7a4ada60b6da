import { type Check } from '../types.ts';

const KEY = /^(?:lat(?:itude)?|lon(?:gitude)?|lng)$/i;
const PAIR = /^-?\d{1,2}\.\d{3,}\s*[,;]\s*-?\d{1,3}\.\d{3,}$/;
/** Two digits after the point are about a kilometre. */
const isPrecise = (value: string | number) => /\.\d{3,}$/.test(String(value));

export const preciseLocation: Check = {
  name: 'precise-location',
  severity: 'error',
  what: 'The event has a place that is exact to less than a kilometre.',
  why: 'It tells where somebody is or lives.',
  source: 'https://foundation.wikimedia.org/wiki/Legal:Data_retention_guidelines',
  look({ leaves }) {
    return leaves.flatMap(({ path, key, value }) => {
      if (typeof value !== 'string' && typeof value !== 'number') return [];
      const found = (KEY.test(key) && isPrecise(value)) || (typeof value === 'string' && PAIR.test(value));
      return found ? [{ message: 'It is a place, exact to less than a kilometre', path }] : [];
    });
  },
};
