/** From the text of a fact to the fact: every field is checked, because every field comes from a page. */

import type { CallFact, ContextFact, Fact, ObjectFacts, PageFact, SendFact, StreamFacts } from '../record/facts.ts';
import { CLIENTS } from '../record/lists.ts';
import {
  either,
  isBoolean,
  isFalse,
  isJson,
  isMap,
  isNull,
  isNumber,
  isObject,
  isSeq,
  isString,
  isText,
  isTime,
  type Fields,
  list,
  only,
  oneOf,
  optional,
  shape,
} from './guards.ts';
import { parseJson } from './json.ts';

const base = { seq: isSeq, at: isTime };
const isClient = oneOf(CLIENTS);

const isStreamFacts = shape<StreamFacts>({
  configured: isBoolean,
  sample: optional(isJson),
  redirect: optional(isString),
  redirectConfigured: optional(isBoolean),
  intake: optional(either(isString, isFalse)),
  pending: optional(isBoolean),
});

const isObjectFacts = shape<ObjectFacts>({
  object: oneOf(['instrument', 'unsampled-instrument', 'experiment', 'unenrolled-experiment', 'overridden-experiment']),
  configured: either(isBoolean, isNull),
  sample: optional(isJson),
  inHeader: optional(isBoolean),
  compat: optional(isBoolean),
  group: optional(either(isString, isNull)),
  cookieEnabled: optional(isBoolean),
});

const isCall = shape<CallFact>({
  ...base,
  kind: oneOf(['call']),
  client: isClient,
  clientVersion: optional(isString),
  api: isString,
  seen: oneOf(['accepted', 'dropped', 'answered', 'waiting', 'threw', 'unseen']),
  stream: optional(isString),
  instrument: optional(isString),
  experiment: optional(isString),
  action: optional(isString),
  schema: optional(isString),
  event: optional(isJson),
  data: optional(isJson),
  truncated: optional(isBoolean),
  answer: optional(isJson),
  error: optional(isString),
  streamFacts: optional(isStreamFacts),
  objectFacts: optional(isObjectFacts),
  id: optional(isString),
  population: optional(either(isNumber, isNull)),
  matched: optional(isNumber),
  queueFull: optional(isBoolean),
  session: optional(isString),
  pageview: optional(isString),
  override: optional(
    shape<NonNullable<CallFact['override']>>({
      rules: list(isObject),
      forced: isBoolean,
      naturallyIn: optional(isBoolean),
    }),
  ),
  queuedUntil: optional(isTime),
  completes: optional(isSeq),
  origin: optional(isString),
  interaction: optional(isString),
});

const isSend = shape<SendFact>({
  ...base,
  kind: oneOf(['send']),
  via: oneOf(['beacon', 'fetch', 'xhr', 'image']),
  url: isString,
  body: optional(isText),
  truncated: optional(isBoolean),
  outcome: oneOf(['sent', 'held', 'redirected', 'refused', 'threw']),
  calls: list(isSeq),
  completes: optional(isSeq),
});

const needed = { ...base, kind: oneOf<'context'>(['context']), clients: list(isClient) };
const isContext = shape<Pick<ContextFact, keyof typeof needed>>(needed);

/** The page's own configuration, of which anything may be true: a field of another type counts as absent. */
const CONTEXT: Fields<ContextFact> = {
  ...needed,
  wiki: isString,
  skin: isString,
  user: oneOf(['anonymous', 'temporary', 'named']),
  language: isString,
  mediawiki: isString,
  api: isString,
  session: isString,
  pageview: isString,
  lingerSeconds: isNumber,
  intake: either(isString, isFalse),
  streams: either(isMap, isFalse),
  instruments: isMap,
  experiments: isMap,
  enrollments: isJson,
  header: isString,
  bodyClass: isString,
  exposures: isObject,
  aside: isObject,
  cookieEnabled: isBoolean,
  cookiePrefix: isString,
  sessionCookie: isString,
  elSession: isString,
};
const isPage = shape<PageFact>({
  ...base,
  kind: oneOf(['page']),
  what: oneOf(['begin', 'hide', 'show', 'url']),
  url: isString,
  cost: optional(isNumber),
  persisted: optional(isBoolean),
});

/** The fact that a text holds; null where the text is unreadable or any field is not what it has to be. Never throws. */
export function readFact(text: string): Fact | null {
  const value = parseJson(text);
  if (isCall(value)) return value;
  if (isSend(value)) return value;
  if (isContext(value)) return only(value, CONTEXT);
  return isPage(value) ? value : null;
}
