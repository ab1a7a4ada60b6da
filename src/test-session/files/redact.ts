/**
 * Takes out of a session what identifies somebody. Each value gets a pseudonym of the same form, the same one wherever
 * it stands in the file, so that what belongs together still does.
 */

import type { Json, JsonObject, Record } from '../../record/record.ts';
import type { TestSession } from '../session.ts';
import { shortUserAgent } from './user-agent.ts';

export const SECRETS = ['session', 'pageview', 'install', 'user', 'ip', 'user-agent', 'sampling-value'] as const;
export type Secret = (typeof SECRETS)[number];

/** What a redaction has replaced: how many different values of each kind, and what stands for the first of them. */
export interface Replaced {
  secret: Secret;
  values: number;
  example: string;
}

/** By the name of the field, whatever object it stands in. */
const NAMES: [Secret, RegExp][] = [
  ['session', /^(?:(?:app_|web_)?session_?(?:id|token)|funnel_entry_token|session)$/i],
  ['pageview', /^(?:page_?view_?(?:id|token)|page_token|pageview)$/i],
  ['install', /^(?:app_?install_?id|device_?(?:id)?|client_id|unique_id|subject_id)$/i],
  ['user', /^(?:user_?(?:id|name|text)|performer_(?:id|name)|central_?id|registered_user_id|global_user_id)$/i],
  ['ip', /^(?:client_?ip|ip|ip_address|x-client-ip|x-forwarded-for|remote_addr)$/i],
  ['user-agent', /^(?:user-?_?agent|ua_string|browser)$/i],
];
/** These names identify somebody only in such an object. */
const INSIDE: { [parent: string]: { [name: string]: Secret } } = {
  performer: { id: 'user', name: 'user' },
  user: { id: 'user', name: 'user' },
};
/** Words that stand where there is no identifier. */
const NO_SECRETS = new Set(['', 'awaiting', 'overridden', 'unknown', 'null', 'undefined', '-']);

const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g;
const IPV6 =
  /(?<![\da-f:.])(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,6}(?::[\da-f]{1,4}){1,6})(?![\da-f:])/gi;
const LOCAL = /^(?:127\.|0\.0\.0\.0$|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/i;
/** What could be an identifier within a longer text, and what separates them in a URL. */
const TOKEN = /%[\da-f]{2}|[A-Za-z\d](?:[A-Za-z\d]|-(?=[\da-f]{4}))+/gi;
const SHORTEST_TOKEN = 8;
/** More names than this are looked for as whole values only. */
const MOST_NAMES = 200;
const SHORTEST_NAME = 3;
const MOST_SEEN = 20_000;
const LONGEST_SEEN = 2_000;

export interface Redaction {
  session(session: TestSession): TestSession;
  record(record: Record): Record;
  value(value: Json): Json;
  replaced(): Replaced[];
}

const padded = (count: number, length: number): string => count.toString(16).padStart(length, '0');

/** A value of the same form, of which it can be seen that it is made up. */
function pseudonym(secret: Secret, value: string, count: number): string {
  if (secret === 'ip') return value.includes(':') ? `2001:db8::${count.toString(16)}` : addressOf(count);
  if (secret === 'user') return /^\d+$/.test(value) ? String(count) : `User ${count}`;
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(value)) return `00000000-0000-4000-8000-${padded(count, 12)}`;
  if (/^[\da-f]{8,}$/i.test(value)) return padded(count, value.length);
  return `${secret}-${count}`;
}

/** Of the networks for documentation (RFC 5737). */
const addressOf = (count: number): string =>
  count < 255 ? `192.0.2.${count}` : count < 509 ? `198.51.100.${count - 254}` : `203.0.113.${(count % 254) + 1}`;

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function secretOf(name: string, parent: string): Secret | null {
  const inside = INSIDE[parent];
  if (inside && Object.hasOwn(inside, name)) return inside[name] ?? null;
  return NAMES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** Looks through all that is to be redacted first: a value is replaced before it is seen where it has a name. */
export function createRedaction(session: TestSession): Redaction {
  const known = new Map<string, { secret: Secret; pseudonym: string }>();
  const counts = new Map<Secret, number>();
  const examples = new Map<Secret, string>();

  function learn(secret: Secret, value: Json): void {
    if (typeof value === 'number' && secret === 'user') return learn(secret, String(value));
    if (typeof value !== 'string' || NO_SECRETS.has(value) || known.has(value)) return;
    const count = (counts.get(secret) ?? 0) + 1;
    counts.set(secret, count);
    const made = secret === 'user-agent' ? shortUserAgent(value) : pseudonym(secret, value, count);
    examples.set(secret, examples.get(secret) ?? made);
    known.set(value, { secret, pseudonym: made });
  }

  function look(value: Json, name: string, parent: string): void {
    if (Array.isArray(value)) return value.forEach(one => look(one, name, parent));
    if (isObject(value)) return Object.entries(value).forEach(([key, one]) => look(one, key, name));
    const secret = secretOf(name, parent);
    if (secret) learn(secret, value);
    else if (typeof value === 'string' && value.includes('{')) lookInside(value, name);
  }

  /** A text may be JSON itself: a raw event in an error of the intake. */
  function lookInside(text: string, name: string): void {
    for (const candidate of [text, decoded(text)]) {
      const begin = candidate.indexOf('{');
      try {
        return look(JSON.parse(candidate.slice(begin).replace(/;$/, '')) as Json, name, '');
      } catch {
        // It only looked like it.
      }
    }
  }

  for (const record of session.records) {
    learn('session', record.session);
    learn('pageview', record.pageview);
    const { sampling } = record.decision;
    if (sampling?.id)
      learn(
        sampling.unit === 'pageview' ? 'pageview' : sampling.unit === 'device' ? 'install' : 'session',
        sampling.id,
      );
    look(record.event, '', '');
    look(record.decision.answer, '', '');
    look(record.delivery.answer, '', '');
    if (record.delivery.url?.includes('?')) lookInside(record.delivery.url, '');
    for (const rule of record.override?.rules ?? []) look(rule, '', '');
  }
  learn('user-agent', session.header.browser);
  for (const rule of session.header.overrides) look(rule, '', '');

  const names = namesOf(known);

  /** Most texts of a session come again and again. */
  const seen = new Map<string, string>();

  function text(value: string): string {
    const whole = known.get(value);
    if (whole && !isSmallNumber(value)) return whole.pseudonym;
    const before = seen.get(value);
    if (before !== undefined) return before;
    const changed = within(value);
    if (seen.size >= MOST_SEEN) seen.clear();
    if (value.length <= LONGEST_SEEN) seen.set(value, changed);
    return changed;
  }

  function within(value: string): string {
    let changed = names
      ? value.replace(names, found => known.get(plain(found))?.pseudonym.replace(/ /g, '_') ?? found)
      : value;
    if (changed.length >= SHORTEST_TOKEN) {
      changed = changed.replace(TOKEN, token => {
        if (token.length < SHORTEST_TOKEN) return token;
        const found = known.get(token);
        if (found) return found.pseudonym;
        return token.includes('-') ? token.replace(/[^-]+/g, part => known.get(part)?.pseudonym ?? part) : token;
      });
      if (changed.includes('.')) changed = changed.replace(IPV4, address);
      if (changed.includes(':')) changed = changed.replace(IPV6, address);
    }
    return changed;
  }

  function address(found: string): string {
    if (LOCAL.test(found)) return found;
    learn('ip', found);
    return known.get(found)?.pseudonym ?? found;
  }

  function value(given: Json, name = '', parent = ''): Json {
    // The number of a user is one only where it is called so.
    if (typeof given === 'number' || (typeof given === 'string' && isSmallNumber(given))) {
      const made = secretOf(name, parent) === 'user' ? known.get(String(given))?.pseudonym : undefined;
      return made === undefined ? given : typeof given === 'number' ? Number(made) : made;
    }
    if (typeof given === 'string') return text(given);
    if (Array.isArray(given)) return given.map(one => value(one, name, parent));
    if (!isObject(given)) return given;
    return Object.fromEntries(Object.entries(given).map(([key, one]) => [safeName(key), value(one, key, name)]));
  }
  const safeName = (key: string) => (known.size > 0 && key.length >= SHORTEST_TOKEN ? text(key) : key);

  function record(given: Record): Record {
    const copy = value(given as unknown as Json) as unknown as Record;
    const { sampling } = given.decision;
    // The value is the identifier's first eight digits as a number: it would give them away.
    if (sampling?.id && sampling.value !== null && copy.decision.sampling) {
      if (!examples.has('sampling-value')) examples.set('sampling-value', 'null');
      counts.set('sampling-value', (counts.get('sampling-value') ?? 0) + 1);
      copy.decision.sampling.value = null;
    }
    // What is read by machines is never a secret, whatever it looks like.
    copy.id = given.id;
    copy.page.load = given.page.load;
    copy.time = given.time;
    return copy;
  }

  return {
    record,
    value,
    session: ({ header, records, holes, marks }) => ({
      header: value(header as unknown as Json) as unknown as TestSession['header'],
      records: records.map(record),
      holes,
      marks: marks.map(mark => ({ ...mark, text: text(mark.text) })),
    }),
    replaced: () =>
      SECRETS.flatMap(secret => {
        const values = counts.get(secret) ?? 0;
        return values === 0 ? [] : [{ secret, values, example: examples.get(secret) ?? '' }];
      }),
  };
}

const isSmallNumber = (text: string) => /^\d{1,7}$/.test(text);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const plain = (name: string) => decoded(name).replace(/_/g, ' ');
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Names of users, as they stand in titles and addresses, too; null for none. */
function namesOf(known: Map<string, { secret: Secret }>): RegExp | null {
  const names = [...known].flatMap(([value, { secret }]) =>
    secret === 'user' && value.length >= SHORTEST_NAME && !/^\d+$/.test(value) ? [value] : [],
  );
  if (names.length === 0 || names.length > MOST_NAMES) return null;
  const forms = names.flatMap(name => [name, name.replace(/ /g, '_'), encodeURIComponent(name)]);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.map(literal).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
}
