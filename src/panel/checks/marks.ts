import { at } from '../../platform/json.ts';
import type { Finding, Json, Record, VerdictError } from '../../record/record.ts';
import { below, stepsOf, valueAt } from '../../platform/pointer.ts';
import { t } from '../i18n.ts';
import type { Mark, Marks } from '../shared/json-nodes.ts';
import { visible } from '../shared/text.ts';

const TONES = { error: 'error', warning: 'warning', info: 'quiet' } as const;
const short = (value: Json | undefined, limit = 120) => visible(JSON.stringify(value) ?? '–', limit);
/** A hostile event can have as many errors as members. */
const MOST = 200;

/** What is wrong at an error's place, in a few words: of the commonest keywords in ours, else in Ajv's. */
export function explainError({ keyword, params = {}, expected, message }: VerdictError): string {
  switch (keyword) {
    case 'required':
      return t('errorMissing', visible(String(at(params, 'missingProperty') ?? ''), 80));
    case 'additionalProperties':
      return t('errorUnknown');
    case 'type':
      return t('errorType', Array.isArray(expected) ? expected.join(', ') : short(expected));
    case 'enum':
      return expected === undefined ? visible(message, 200) : t('errorEnum', short(expected, 200));
    default:
      return visible(message, 300);
  }
}

/** The longest beginning of a pointer that names something in this value. */
export function nearest(value: Json, pointer: string): string {
  let path = '';
  for (const step of stepsOf(pointer) ?? []) {
    const next = below(path, step);
    if (valueAt(value, next) === undefined) break;
    path = next;
  }
  return path;
}

/** What is to be said beside the lines of a record's event: errors of its verdict, and what these checks found. */
export function marksOf({ event, verdict }: Record, findings: readonly Finding[]): Marks {
  const marks = new Map<string, Mark[]>();
  const add = (pointer: string, mark: Mark) => {
    const path = nearest(event, pointer);
    const known = marks.get(path);
    if (known) known.push(mark);
    else marks.set(path, [mark]);
  };
  const { errors, fell, cause } = verdict;
  for (const error of errors.slice(0, MOST)) {
    add(error.at ?? error.instancePath, { tone: 'error', text: explainError(error) });
  }
  if (fell && errors.length === 0 && fell.path !== null)
    add(fell.path, { tone: 'error', text: visible(cause ?? t(`fell_${FELL[fell.step]}`), 300) });
  for (const { path, severity, message } of findings.slice(0, MOST)) {
    if (path !== null) add(path, { tone: TONES[severity], text: visible(message, 300) });
  }
  return marks;
}

/** The steps of the intake as message keys have them. */
export const FELL = {
  body: 'body',
  $schema: 'uri',
  stream: 'stream',
  'schema-title': 'title',
  hoisting: 'hoisting',
  schema: 'schema',
  compilation: 'compilation',
  validation: 'validation',
  message: 'message',
} as const satisfies { [step in NonNullable<Record['verdict']['fell']>['step']]: string };
