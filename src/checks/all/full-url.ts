import { type Check } from '../types.ts';

const WITH_QUERY = /^(?:https?:)?\/\/[^\s/?#]+[^\s?#]*\?[^\s#]+/i;

export const fullUrl: Check = {
  name: 'full-url',
  severity: 'warning',
  what: 'The event has a full URL with its query.',
  why: 'Queries hold searches, names and tokens; the page’s title or path is enough.',
  source: 'https://foundation.wikimedia.org/wiki/Legal:Data_retention_guidelines',
  look({ leaves }) {
    return leaves.flatMap(({ path, value }) =>
      typeof value === 'string' && value.includes('?') && WITH_QUERY.test(value)
        ? [{ message: 'It is a URL with its query', path }]
        : [],
    );
  },
};
