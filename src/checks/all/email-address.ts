import { type Check } from '../types.ts';

const ADDRESS = /[^\s@/:;,<>"'()]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z]{2,24}(?![\w@])/i;
const LONGEST = 20_000;

export const emailAddress: Check = {
  name: 'email-address',
  severity: 'error',
  what: 'The event has an e-mail address.',
  why: 'It is personal data that no instrument needs.',
  source: 'https://foundation.wikimedia.org/wiki/Legal:Data_retention_guidelines',
  look({ leaves }) {
    return leaves.flatMap(({ path, value }) =>
      typeof value === 'string' && value.includes('@') && ADDRESS.test(value.slice(0, LONGEST))
        ? [{ message: 'It holds an e-mail address', path }]
        : [],
    );
  },
};
