import { sessionOf } from '../identifiers.ts';
import { NOTHING, type Check } from '../types.ts';

/** Frames of one page are loaded within this many milliseconds of each other's events. */
const TOGETHER = 10_000;

export const framesDiffer: Check = {
  name: 'frames-differ',
  severity: 'warning',
  what: 'Frames of one page have different session ids.',
  why: 'Frames of one wiki share the cookie; where they differ, one user counts as two.',
  source: 'mediawiki resources/src/mediawiki.user.js (sessionId: a cookie of the wiki)',
  memory: 'all',
  begin() {
    const frames = new Map<string, { session: string; frame: number; at: number }>();
    return ({ event, record, at }) => {
      const session = sessionOf(event);
      const { url } = record.page;
      if (session === null || at === null || !URL.canParse(url)) return NOTHING;
      const { host } = new URL(url);
      const other = frames.get(host);
      frames.set(host, { session, frame: record.frame, at });
      if (!other || other.frame === record.frame || other.session === session) return NOTHING;
      if (Math.abs(at - other.at) > TOGETHER) return NOTHING;
      return [
        { message: `Frame ${other.frame} of ${host} has ${other.session.slice(0, 40)}`, path: '/performer/session_id' },
      ];
    };
  },
};
