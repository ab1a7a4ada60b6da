import { type Check } from '../types.ts';

const KEY = /^(?:search_?(?:query|terms?|text|string|phrase)|query|search|q)$/i;

export const searchText: Check = {
  name: 'search-text',
  severity: 'warning',
  what: 'The event has what somebody searched for.',
  why: 'People search for their own names and illnesses.',
  source: 'https://foundation.wikimedia.org/wiki/Legal:Data_retention_guidelines',
  look({ leaves }) {
    return leaves.flatMap(({ path, key, value }) =>
      typeof value === 'string' && KEY.test(key) && /\p{L}/u.test(value)
        ? [{ message: 'It is what somebody searched for', path }]
        : [],
    );
  },
};
