/** Lines of our own files, checked: a file may come from anybody. */

import {
  isBoolean,
  isJson,
  isNull,
  isNumber,
  isObject,
  isString,
  either,
  type Guard,
  list,
  oneOf,
  optional,
  shape,
} from '../../log/guards.ts';
import { CLIENTS, DECISION_STATES, DELIVERY_STATES, REASONS, VERDICT_STEPS, VERDICTS } from '../../record/lists.ts';
import type { Environment, Fall, Finding, Header, Hole, Mark, Record, VerdictError } from '../../record/record.ts';
import { MARKS } from '../../record/record.ts';

const orNull = <T>(guard: Guard<T>): Guard<T | null> => either(guard, isNull);
const isTime: Guard<string> = (value): value is string => isString(value) && !Number.isNaN(Date.parse(value));
const isTimeOrNone: Guard<string> = (value): value is string => value === '' || isTime(value);

const isError = shape<VerdictError>({
  instancePath: isString,
  schemaPath: isString,
  keyword: isString,
  message: isString,
  params: optional(isObject),
  at: optional(isString),
  expected: optional(isJson),
  actual: optional(isJson),
});

export const isRecord = shape<Record>({
  type: oneOf(['record']),
  id: isString,
  time: isTimeOrNone,
  frame: isNumber,
  client: oneOf(CLIENTS),
  clientVersion: orNull(isString),
  api: isString,
  stream: orNull(isString),
  redirectedFrom: orNull(isString),
  instrument: orNull(isString),
  experiment: orNull(isString),
  action: orNull(isString),
  schema: orNull(isString),
  decision: shape<Record['decision']>({
    state: oneOf(DECISION_STATES),
    reason: orNull(oneOf(REASONS)),
    answer: isJson,
    agrees: isBoolean,
    sampling: orNull(
      shape<NonNullable<Record['decision']['sampling']>>({
        unit: orNull(isString),
        id: orNull(isString),
        value: orNull(isNumber),
        rate: isJson,
        inSample: isBoolean,
        population: optional(isNumber),
      }),
    ),
  }),
  override: orNull(
    shape<NonNullable<Record['override']>>({
      rules: list(isObject),
      forced: isBoolean,
      without: shape<NonNullable<Record['override']>['without']>({ inSample: orNull(isBoolean) }),
    }),
  ),
  event: isJson,
  reconstructed: isBoolean,
  truncated: isBoolean,
  delivery: shape<Record['delivery']>({
    state: oneOf(DELIVERY_STATES),
    url: orNull(isString),
    queuedUntil: orNull(isTime),
    sentAt: orNull(isTime),
    status: orNull(isNumber),
    answer: isJson,
  }),
  verdict: shape<Record['verdict']>({
    verdict: oneOf(VERDICTS),
    errors: list(isError),
    fell: optional(
      shape<Fall>({
        step: oneOf(VERDICT_STEPS),
        path: orNull(isString),
        expected: optional(isJson),
        actual: optional(isJson),
      }),
    ),
    cause: optional(isString),
  }),
  checks: list(
    shape<Finding>({
      check: isString,
      severity: oneOf(['error', 'warning', 'info']),
      message: isString,
      path: orNull(isString),
    }),
  ),
  origin: orNull(isString),
  interaction: orNull(isString),
  session: orNull(isString),
  pageview: orNull(isString),
  page: shape<Record['page']>({ load: isString, url: isString }),
  final: isBoolean,
});

export const isHeader = shape<Header>({
  type: oneOf(['header']),
  format: oneOf([1]),
  time: isTimeOrNone,
  extension: isString,
  browser: isString,
  wiki: orNull(isString),
  skin: orNull(isString),
  overrides: list(isObject),
  test: optional(shape<NonNullable<Header['test']>>({ name: isString, started: isTime, ended: orNull(isTime) })),
  environment: optional(
    shape<Environment>({
      user: oneOf(['anonymous', 'temporary', 'named', null]),
      language: orNull(isString),
      mediawiki: orNull(isString),
      streamConfigs: orNull(isString),
      repositories: list(isString),
    }),
  ),
});

export const isHole = shape<Hole>({
  type: oneOf(['hole']),
  load: isString,
  from: isNumber,
  to: isNumber,
  reason: oneOf(['before-devtools', 'relay-full', 'gap', 'unreadable', 'paused']),
});

export const isMark = shape<Mark>({ type: oneOf(['mark']), time: isTime, what: oneOf(MARKS), text: isString });
