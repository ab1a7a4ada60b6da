import { at, textAt } from '../../platform/json.ts';
import { NOTHING, type Check } from '../types.ts';

export const funnelOrder: Check = {
  name: 'funnel-order',
  severity: 'warning',
  what: '`funnel_event_sequence_position` leaves one out or repeats one within its funnel.',
  why: 'Steps of a funnel that are counted wrongly cannot be told from users who left.',
  source: 'mediawiki-extensions-TestKitchen modules/ext.testKitchen/Instrument.js',
  memory: 'page-load',
  begin() {
    const last = new Map<string, number>();
    return ({ event, record }) => {
      const position = at(event, 'funnel_event_sequence_position');
      if (typeof position !== 'number' || record.decision.state === 'dropped') return NOTHING;
      const token = textAt(event, 'funnel_entry_token');
      const funnel = JSON.stringify([
        record.stream,
        textAt(event, 'instrument_name') ?? record.instrument,
        textAt(event, 'funnel_name'),
        textAt(event, 'experiment', 'enrolled'),
        token,
      ]);
      const before = last.get(funnel);
      last.set(funnel, position);
      // Each object that getInstrument answers counts anew.
      const begins = position === 1 && token === null;
      if (before === undefined || position === before + 1 || begins) return NOTHING;
      const what = position <= before ? 'comes again' : 'leaves one out';
      return [{ message: `Position ${position} ${what}, after ${before}`, path: '/funnel_event_sequence_position' }];
    };
  },
};
