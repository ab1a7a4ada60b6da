import { at, textAt } from '../../platform/json.ts';
import { createRecent } from '../recent.ts';
import { NOTHING, type Check } from '../types.ts';

const WITHIN = 50;
const MOST = 500;

export const repeatedEvent: Check = {
  name: 'repeated-event',
  severity: 'warning',
  what: `The same event comes twice within ${WITHIN} ms.`,
  why: 'A handler is registered twice, or two elements answer one click: all counts are doubled.',
  source: 'wikitech, Metrics Platform/How to/Instrument (testing an instrument)',
  memory: 'page-load',
  begin() {
    const last = createRecent<number>(MOST);
    return ({ event, record, at: called }) => {
      const time = called ?? Date.parse(textAt(event, 'dt') ?? '');
      if (Number.isNaN(time) || record.decision.state === 'dropped') return NOTHING;
      const content = JSON.stringify({
        ...event,
        dt: undefined,
        client_dt: undefined,
        funnel_event_sequence_position: undefined,
        meta: at(at(event, 'meta'), 'stream') ?? null,
      });
      const before = last.get(content);
      last.set(content, time);
      const apart = before === undefined ? Infinity : Math.abs(time - before);
      return apart <= WITHIN ? [{ message: `The same event was there ${apart} ms before`, path: null }] : NOTHING;
    };
  },
};
