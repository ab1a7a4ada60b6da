import { at, textAt } from '../../platform/json.ts';
import { intakeOf, type Intake } from '../hosts.ts';
import { NOTHING, type Check, type Subject } from '../types.ts';

/** The intake that an event belongs to; null where more than one takes it, or it cannot be told. */
function wanted({ event, record: { client }, config }: Subject): Intake | null {
  if (textAt(config ?? {}, 'destination_event_service') === 'eventgate-logging-external') return 'logging';
  if (client === 'test-kitchen') {
    if (textAt(event, 'experiment', 'sampling_unit') === 'edge-unique') return 'experiments';
    return at(event, 'experiment') !== undefined || at(event, 'instrument_name') !== undefined ? 'instruments' : null;
  }
  return client === 'event-logging' && config ? 'analytics' : null;
}

export const wrongIntake: Check = {
  name: 'wrong-intake',
  severity: 'error',
  what: 'The event was sent to another intake than that for its kind.',
  why: 'The intakes know different streams and fill in different fields; an edge-unique gets no subject id elsewhere.',
  source:
    'operations-mediawiki-config wmf-config/InitialiseSettings.php (Test Kitchen’s intake URLs), ext-EventLogging.php',
  look(subject) {
    const { url } = subject.record.delivery;
    const is = url === null ? 'other' : intakeOf(url);
    const should = wanted(subject);
    // Wikis outside production have one intake for all.
    if (should === null || is === 'other' || is === 'legacy' || is === should) return NOTHING;
    return [{ message: `It was sent to the intake of ${is} and belongs to that of ${should}`, path: null }];
  },
};
