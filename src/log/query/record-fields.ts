/** What can be asked of records. */

import { CLIENTS, DECISION_STATES, DELIVERY_STATES, REASONS, VERDICTS } from '../../record/lists.ts';
import type { Json, Record } from '../../record/record.ts';
import { clock } from '../clock.ts';
import type { Field, Fields } from './compile.ts';
import type { TextIndex } from './text-index.ts';

const text = (of: (record: Record) => Json | undefined): Field<Record> => ({ of });
const closed = (list: readonly string[], of: (record: Record) => Json | undefined): Field<Record> => ({ of, list });
const number = (of: (record: Record) => Json | undefined): Field<Record> => ({ of, number: true });

const NAMED: Fields<Record>['named'] = {
  stream: text(({ stream, redirectedFrom }) => (redirectedFrom === null ? stream : [stream, redirectedFrom])),
  instrument: text(record => record.instrument),
  experiment: text(record => record.experiment),
  action: text(record => record.action),
  schema: text(record => record.schema),
  client: closed(CLIENTS, record => record.client),
  api: text(record => record.api),
  decision: closed(DECISION_STATES, record => record.decision.state),
  reason: closed(REASONS, record => record.decision.reason),
  delivery: closed(DELIVERY_STATES, record => record.delivery.state),
  status: number(record => record.delivery.status),
  verdict: closed(VERDICTS, record => record.verdict.verdict),
  error: text(({ verdict }) => verdict.errors.flatMap(error => [error.instancePath, error.message, error.keyword])),
  check: text(({ checks }) => checks.map(({ check }) => check)),
  severity: closed(['error', 'warning', 'info'], ({ checks }) => checks.map(({ severity }) => severity)),
  unit: text(({ decision }) => decision.sampling?.unit),
  rate: text(({ decision }) => decision.sampling?.rate),
  session: text(record => record.session),
  pageview: text(record => record.pageview),
  page: text(record => record.page.url),
  load: text(record => record.page.load),
  frame: number(record => record.frame),
  origin: text(record => record.origin),
  interaction: text(record => record.interaction),
  id: text(record => record.id),
  time: text(({ time }) => [clock(time), time]),
  override: text(({ override }) => override?.rules),
};

const IS: Fields<Record>['is'] = {
  forced: ({ override }) => override?.forced === true,
  touched: ({ override }) => override !== null,
  redirected: ({ redirectedFrom }) => redirectedFrom !== null,
  reconstructed: record => record.reconstructed,
  truncated: record => record.truncated,
  final: record => record.final,
  question: ({ decision }) => decision.state === 'answered',
  surprising: ({ decision }) => !decision.agrees,
};

const WORDS: readonly string[] = [...CLIENTS, ...DECISION_STATES, ...REASONS, ...DELIVERY_STATES, ...VERDICTS];

/** @param index what free text is looked up in: it knows each record by its place in the log */
export function recordFields(index: TextIndex): Fields<Record> {
  return {
    named: NAMED,
    is: IS,
    body: record => record.event,
    text(value) {
      const indexed = index.lookUp(value);
      const { matches } = indexed;
      /** Those words of the closed lists that are met: mostly none is, and no record's are to be looked at. */
      const met = new Set<string | null>(WORDS.filter(word => matches(word)));
      const hasWord = ({ client, decision, delivery, verdict }: Record) =>
        met.has(client) ||
        met.has(decision.state) ||
        met.has(decision.reason) ||
        met.has(delivery.state) ||
        met.has(verdict.verdict);
      return met.size > 0 ? (record, at) => indexed.has(at) || hasWord(record) : (_, at) => indexed.has(at);
    },
  };
}
