import { type Check } from '../types.ts';

const KEY =
  /^(?:(?:app_?)?install(?:ation)?_?id|device_?id|visitor_?id|client_?id|machine_?id|advertising_?id|fingerprint|user_?token|wmf_?uniq|edge_?unique)$/i;
/** The cookie WMF-Uniq: 64 characters of base64url. A hash of 64 hex digits is no such. */
const UNIQUE = /^(?=[\w-]*[G-Zg-z_-])(?=[\w-]*\d)(?=[\w-]*[A-Z])(?=[\w-]*[a-z])[\w-]{64}$/;

export const joiningIdentifier: Check = {
  name: 'joining-identifier',
  severity: 'warning',
  what: 'The event has an identifier that outlives a session.',
  why: 'It joins sessions to the life of a device or a person.',
  source: 'wikitech, Metrics Platform/Identifiers',
  look({ leaves }) {
    return leaves.flatMap(({ path, key, value }) =>
      typeof value === 'string' && value !== '' && (KEY.test(key) || (value.length === 64 && UNIQUE.test(value)))
        ? [{ message: 'It outlives the session', path }]
        : [],
    );
  },
};
