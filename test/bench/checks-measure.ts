/** Times each check, over a typical event, a large one, and one that each check has something to say of. Runs anywhere. */

import { CHECKS } from '../../src/checks/all.ts';
import { createChecks } from '../../src/checks/registry.ts';
import { subjectOf } from '../../src/checks/subject.ts';
import { isJsonObject } from '../../src/platform/json.ts';
import type { JsonObject, Record } from '../../src/record/record.ts';
import { acceptedRecord } from '../unit/checks/accepted-record.ts';
import { LARGE, TYPICAL } from './validation-subjects.ts';

const WARM_UP = 4;
const ROUNDS = 12;
const EVENTS = 500;

export interface Timed {
  measure: string;
  /** Microseconds an event. */
  value: number;
  /** Whether it is one check of an event of usual size: what the budget is for. */
  isUsual: boolean;
}

const PERSONAL: JsonObject = {
  ...TYPICAL.event,
  $schema: '/analytics/product_metrics/web/base/2.1.0',
  agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' },
  performer: { is_logged_in: true, session_id: '80000000c0ffee00c0ff', name: 'Jane', id: 5 },
  mediawiki: { database: 'enwiki' },
  contact: 'jane@wiki.example',
  ip: '198.51.100.7',
  place: '52.5200, 13.4050',
  page: { title: 'Main Page', url: 'https://wiki.example/w/index.php?search=a' },
  experiment: { sampling_unit: 'edge-unique', enrolled: 'my-experiment', assigned: 'a', subject_id: 'awaiting' },
  text: 'words that somebody wrote '.repeat(20),
  funnel_event_sequence_position: 1,
};
const CONFIG: JsonObject = {
  schema_title: 'bench/typical',
  sample: { unit: 'session', rate: 0.5 },
  producers: { metrics_platform_client: { provide_values: ['page_title', 'performer_name', 'mediawiki_skin'] } },
};

const recordOf = (event: JsonObject, index: number): Record =>
  acceptedRecord({
    id: `load/${index}`,
    time: new Date(1_790_000_000_000 + index * 100).toISOString(),
    stream: `bench.${index % 10}`,
    event: { ...event, index, funnel_event_sequence_position: index },
    page: { load: `load ${index % 20}`, url: 'https://wiki.example/' },
  });

/** Microseconds an event, of the quickest round: what a check costs, not what else the machine does. */
function time(work: (round: number) => () => void): number {
  const figures: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const run = work(round);
    const began = performance.now();
    run();
    if (round >= WARM_UP) figures.push(((performance.now() - began) * 1_000) / EVENTS);
  }
  return Math.min(...figures);
}

export function timeChecks(): Timed[] {
  const timed: Timed[] = [];
  const note = (measure: string, value: number, isUsual = false) => timed.push({ measure, value, isUsual });
  for (const [name, { schema }, event] of [
    ['typical', TYPICAL, TYPICAL.event],
    ['large', LARGE, LARGE.event],
    ['personal', TYPICAL, PERSONAL],
  ] as const) {
    const records = Array.from({ length: EVENTS }, (_, index) => recordOf(event, index));
    const subjects = () =>
      records.flatMap(record => {
        const atCall = isJsonObject(record.event) ? record.event : null;
        return subjectOf(record, { config: CONFIG, schema, newest: '9.0.0', atCall }) ?? [];
      });
    // What all checks share is measured by itself: the values of an event, gathered once.
    const gathering = time(() => {
      const all = subjects();
      return () => all.forEach(({ leaves }) => leaves.length);
    });
    note(`${name} event: its values gathered`, gathering);
    const all = subjects();
    for (const { leaves } of all) void leaves.length;
    for (const check of CHECKS) {
      const spent = time(() => {
        const checks = createChecks([check]);
        return () => all.forEach(subject => checks.of(subject));
      });
      // A large event is ten typical ones: it is there to show what grows with it, and has no budget.
      note(`${name} event: ${check.name}`, spent, name !== 'large');
    }
    const together = time(() => {
      const checks = createChecks();
      const fresh = subjects();
      return () => fresh.forEach(subject => checks.of(subject));
    });
    note(`${name} event: all ${CHECKS.length} checks`, together);
  }
  return timed;
}
