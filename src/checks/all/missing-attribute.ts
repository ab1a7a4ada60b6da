import { at } from '../../platform/json.ts';
import { mayBeMissing, placeOf, requestedOf } from '../attributes.ts';
import { NOTHING, type Check } from '../types.ts';

export const missingAttribute: Check = {
  name: 'missing-attribute',
  severity: 'warning',
  what: 'A contextual attribute was asked for, the event lacks it, and nothing explains that.',
  why: 'A column of the dataset stays empty, and nobody notices before the analysis.',
  source: 'mediawiki-libs-metrics-platform js/src/ContextController.js (addRequestedValues)',
  look(subject) {
    const requested = subject.record.reconstructed ? null : requestedOf(subject);
    if (!requested) return NOTHING;
    return requested.flatMap(name => {
      const [group, key] = placeOf(name);
      const there = at(at(subject.event, group), key) !== undefined;
      if (there || mayBeMissing(name, subject.event)) return [];
      return [{ message: `${name} was asked for and is not in the event`, path: `/${group}` }];
    });
  },
};
