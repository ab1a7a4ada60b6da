import { type Check } from '../types.ts';

const KEY = /^(?:user_?id|central_?(?:user_?)?id|global_?user_?id|actor_?id)$/i;

export const userId: Check = {
  name: 'user-id',
  severity: 'warning',
  what: 'The event has a user’s id.',
  why: 'It is personal data: the id of an account leads to its name.',
  source: 'https://foundation.wikimedia.org/wiki/Legal:Data_retention_guidelines',
  look({ leaves }) {
    return leaves.flatMap(({ path, key, value }) => {
      const named = KEY.test(key) || (key === 'id' && /\/(?:performer|user)\/id$/.test(path));
      // 0 is nobody's.
      const given = typeof value === 'number' ? value > 0 : typeof value === 'string' && value !== '' && value !== '0';
      return named && given ? [{ message: 'It is the id of a user', path }] : [];
    });
  },
};
