import { NOTHING, type Check } from '../types.ts';

const MOST = 100;

export const tooManyEvents: Check = {
  name: 'too-many-events',
  severity: 'warning',
  what: `A stream gets more than ${MOST} events in one page load.`,
  why: 'An event in a loop, or for each scroll or key stroke, costs users and the intake more than it tells.',
  source: 'wikitech, Event Platform/Instrumentation How To (estimating the rate of events)',
  memory: 'page-load',
  begin() {
    const counts = new Map<string, number>();
    return ({ record: { stream, decision } }) => {
      if (stream === null || decision.state === 'dropped') return NOTHING;
      const count = (counts.get(stream) ?? 0) + 1;
      counts.set(stream, count);
      if (count !== MOST + 1) return NOTHING;
      return [{ message: `${stream} gets more than ${MOST} events in this page load`, path: null }];
    };
  },
};
