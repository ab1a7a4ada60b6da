import { type Check } from '../types.ts';

const KEY = /^(?:user_?name|user_?text|performer_?name|real_?name|login_?name)$/i;

export const userName: Check = {
  name: 'user-name',
  severity: 'warning',
  what: 'The event has a user name.',
  why: 'It is personal data: it names who did what, as long as the event is kept.',
  source: 'https://foundation.wikimedia.org/wiki/Legal:Data_retention_guidelines',
  look({ leaves }) {
    return leaves.flatMap(({ path, key, value }) => {
      const named = KEY.test(key) || (key === 'name' && /\/(?:performer|user)\/name$/.test(path));
      return named && typeof value === 'string' && value !== '' ? [{ message: 'It is a user name', path }] : [];
    });
  },
};
