import { type Check } from '../types.ts';

const BYTE = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);
const IPV6 = /^(?=(?:[^:]*:){2,7}[^:]*$)[0-9a-f:]{3,39}$/i;
/** Numbers of versions look like addresses, and a server's is nobody's. */
const OTHER = /version|release|build|server/i;

const isAddress = (text: string): boolean =>
  text.length >= 7 &&
  text.length <= 39 &&
  (IPV4.test(text) || (IPV6.test(text) && /::|(?:[0-9a-f]{1,4}:){7}/i.test(text) && /[0-9a-f]/i.test(text)));

export const ipAddress: Check = {
  name: 'ip-address',
  severity: 'error',
  what: 'The event has an IP address.',
  why: 'It is personal data; where it is needed, the intake adds it itself, and it is deleted in time.',
  source: 'https://foundation.wikimedia.org/wiki/Legal:Data_retention_guidelines',
  look({ leaves, asReceived }) {
    return leaves.flatMap(({ path, key, value }) => {
      if (typeof value !== 'string' || !isAddress(value) || OTHER.test(key)) return [];
      if (asReceived && path === '/http/client_ip') return [];
      return [{ message: 'It is an IP address', path }];
    });
  },
};
