import { fieldsOf } from '../../log/query/list.ts';
import type { SeenExperiment } from './experiments.ts';

/** What can be asked of experiments. */
export const EXPERIMENT_FIELDS = fieldsOf<SeenExperiment>({
  named: {
    name: { of: ({ name }) => name },
    group: { of: ({ seen }) => seen },
    assigned: { of: ({ enrollment }) => enrollment?.group },
    subject: { of: ({ subject }) => subject },
    dropped: { of: ({ calls }) => calls.dropped, number: true },
    accepted: { of: ({ calls }) => calls.accepted, number: true },
  },
  is: {
    enrolled: ({ enrollment }) => enrollment !== null,
    forced: ({ rule }) => rule !== null,
    configured: ({ configured }) => Boolean(configured),
  },
  words: ({ name, seen }) => [name, ...seen],
});
