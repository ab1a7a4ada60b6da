import { at, textAt } from '../../platform/json.ts';
import { NOTHING, type Check, type Found } from '../types.ts';

const NAME = /^[A-Za-z0-9][-_.A-Za-z0-9]{7,62}$/;
const GROUP = /^[A-Za-z0-9][-_.A-Za-z0-9]{0,62}$/;
const SUBJECT = /^[0-9a-f]{64}$/;

export const hoisting: Check = {
  name: 'hoisting',
  severity: 'error',
  what: 'An experiment’s event has an enrollment or a subject id that the intake cannot work with.',
  why: 'The intake drops an edge-unique event unless the subject id is "awaiting" and the enrollment equals the request’s.',
  source: 'https://phabricator.wikimedia.org/T391959; mediawiki-extensions-TestKitchen RequestEnrollmentsProcessor.php',
  look({ event, config, asReceived, page, record }) {
    const experiment = at(event, 'experiment');
    const unit = at(experiment, 'sampling_unit');
    if (unit !== 'edge-unique' && unit !== 'mw-user') return NOTHING;
    const found: Found[] = [];
    const enrolled = textAt(experiment, 'enrolled') ?? '';
    const assigned = textAt(experiment, 'assigned') ?? '';
    const subject = textAt(experiment, 'subject_id') ?? '';
    if (!NAME.test(enrolled)) found.push({ message: 'enrolled is no experiment’s name', path: '/experiment/enrolled' });
    if (!GROUP.test(assigned)) found.push({ message: 'assigned is no group’s name', path: '/experiment/assigned' });
    if (record.experiment !== null && enrolled !== record.experiment) {
      found.push({
        message: `enrolled is not ${record.experiment.slice(0, 100)}, whose event it is`,
        path: '/experiment/enrolled',
      });
    }
    const known = at(page.experiments, enrolled);
    const type = textAt(known, 'user_identifier_type');
    if (type !== null && type !== unit) {
      found.push({ message: `${enrolled} samples by ${type}, not by ${unit}`, path: '/experiment/sampling_unit' });
    }
    if (unit === 'mw-user') {
      if (!SUBJECT.test(subject))
        found.push({ message: 'subject_id is not the 64 hex digits of a user', path: '/experiment/subject_id' });
      return found;
    }
    // What the intake has filled in is the subject id itself.
    if (asReceived) return found;
    if (subject !== 'awaiting') found.push({ message: 'subject_id is not "awaiting"', path: '/experiment/subject_id' });
    if (config && at(at(at(config, 'producers'), 'eventgate'), 'use_edge_uniques') !== true) {
      found.push({ message: 'The stream’s producers.eventgate.use_edge_uniques is not true', path: '/meta/stream' });
    }
    return found;
  },
};
