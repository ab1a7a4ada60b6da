import { platformOf, sessionOf } from '../identifiers.ts';
import { NOTHING, type Check } from '../types.ts';

export const sessionChanges: Check = {
  name: 'session-changes',
  severity: 'warning',
  what: 'The session id changes within a page load.',
  why: 'The web client reads it once; two ids in one page mean that an instrument takes another one.',
  source: 'mediawiki resources/src/mediawiki.user.js (sessionId)',
  memory: 'page-load',
  begin() {
    let known: string | null = null;
    return ({ event }) => {
      const session = sessionOf(event);
      const before = known;
      known = session ?? known;
      if (session === null || before === null || session === before) return NOTHING;
      // An app begins another session while it runs.
      if (platformOf(event) !== null && platformOf(event) !== 'mediawiki_js') return NOTHING;
      return [{ message: `It was ${before.slice(0, 40)} before in this page load`, path: '/performer/session_id' }];
    };
  },
};
