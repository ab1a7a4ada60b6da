import { type Check } from '../types.ts';

const AGENT = /^(?:Mozilla|Opera|Dalvik|WikipediaApp)\/\d|\b(?:AppleWebKit|Gecko)\/\d/;

export const userAgent: Check = {
  name: 'user-agent',
  severity: 'warning',
  what: 'The event has a user agent.',
  why: 'With little else it tells one user from others; the intake adds a coarse one where that is configured.',
  source: 'https://foundation.wikimedia.org/wiki/Legal:Data_retention_guidelines',
  look({ leaves, asReceived }) {
    return leaves.flatMap(({ path, value }) => {
      if (typeof value !== 'string' || !value.includes('/') || !AGENT.test(value)) return [];
      if (asReceived && path.startsWith('/http/request_headers/')) return [];
      return [{ message: 'It is a user agent', path }];
    });
  },
};
