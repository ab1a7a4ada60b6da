/**
 * Takes out of a session what identifies somebody. Each value gets a pseudonym of the same form, the same one wherever
 * it stands in the file, so that what belongs together still does.
 */

import { isJsonObject } from '../../platform/json.ts';
import type { Header, Json, JsonObject, Mark, Record } from '../../record/record.ts';
import type { TestSession } from '../session.ts';
import { isTime, pseudonym, type Secret, secretOf, SECRETS, withAddresses } from './secrets.ts';
import { shortUserAgent } from './user-agent.ts';

/** What a redaction has replaced: how many different values of each kind, and what stands for the first of them. */
export interface Replaced {
  secret: Secret;
  values: number;
  example: string;
}

/** What leaves instead of what was recorded. */
export interface Redaction {
  header(header: Header): Header;
  mark(mark: Mark): Mark;
  record(record: Record): Record;
  event(event: Json): Json;
  text(text: string): string;
  /** Null where nothing is to be replaced. */
  readonly replaced: Replaced[] | null;
}

/** Identifiers leave as they were recorded. */
export const KEEP_ALL: Redaction = {
  header: header => header,
  mark: mark => mark,
  record: record => record,
  event: event => event,
  text: text => text,
  replaced: null,
};

/** Words that stand where there is no identifier. */
const NO_SECRETS = new Set(['', 'awaiting', 'overridden', 'unknown', 'null', 'undefined', '-']);
/** Of a record, what is read by machines: never a secret, whatever it looks like. */
const MACHINE = new Set(['type', 'id', 'time', 'client', 'frame', 'final', 'reconstructed', 'truncated']);

/** What could be an identifier within a longer text, and what separates them in a URL. */
const TOKEN = /%[\da-f]{2}|[A-Za-z\d](?:[A-Za-z\d]|-(?=[\da-f]{4}))+/gi;
const SHORTEST_TOKEN = 8;
/** More names than this are looked for as whole values only. */
const MOST_NAMES = 200;
const SHORTEST_NAME = 3;
const MOST_SEEN = 20_000;
const LONGEST_SEEN = 2_000;
/** Records between two yields. */
const AT_ONCE = 100;

interface Known {
  secret: Secret;
  pseudonym: string;
}

/** Remembers what it made of a text: most texts of a session come again and again. */
function remembering<T>(make: (text: string) => T): (text: string) => T {
  const seen = new Map<string, T>();
  return text => {
    const before = seen.get(text);
    if (before !== undefined) return before;
    const made = make(text);
    if (seen.size >= MOST_SEEN) seen.clear();
    if (text.length <= LONGEST_SEEN) seen.set(text, made);
    return made;
  };
}

/** Looks through all that is to be redacted first: a value is replaced before it is seen where it has a name. */
function createSearch() {
  const known = new Map<string, Known>();
  const counts = new Map<Secret, number>();
  const examples = new Map<Secret, string>();

  function learn(secret: Secret, value: Json): void {
    if (typeof value === 'number' && secret === 'user') return learn(secret, String(value));
    if (typeof value !== 'string' || NO_SECRETS.has(value) || known.has(value)) return;
    const count = (counts.get(secret) ?? 0) + 1;
    const made = secret === 'user-agent' ? shortUserAgent(value) : pseudonym(secret, value, count);
    known.set(value, { secret, pseudonym: made });
    replace(secret, made);
  }

  function replace(secret: Secret, made: string): void {
    counts.set(secret, (counts.get(secret) ?? 0) + 1);
    examples.set(secret, examples.get(secret) ?? made);
  }

  function look(value: Json, name: string, parent: string): void {
    if (typeof value === 'string' || typeof value === 'number') {
      const secret = secretOf(name, parent);
      if (secret) learn(secret, value);
      else if (typeof value === 'string' && !isTime(value)) lookInside(value);
    } else if (Array.isArray(value)) value.forEach(one => look(one, name, parent));
    else if (isJsonObject(value)) for (const key of Object.keys(value)) look(value[key] ?? null, key, name);
  }

  const lookInside = remembering((text: string) => {
    withAddresses(text, address => {
      learn('ip', address);
      return address;
    });
    if (text.includes('{') || text.includes('%7B')) lookAtJson(text);
    return true;
  });

  /** A text may be JSON itself: a raw event in an error of the intake, or in the address of a legacy beacon. */
  function lookAtJson(text: string): void {
    for (const candidate of [text, decoded(text)]) {
      const begin = candidate.indexOf('{');
      try {
        return look(JSON.parse(candidate.slice(begin).replace(/;$/, '')) as Json, '', '');
      } catch {
        // It only looked like it.
      }
    }
  }

  function record(given: Record): void {
    const { sampling } = given.decision;
    if (sampling?.id) {
      const { unit, id, value } = sampling;
      learn(unit === 'pageview' ? 'pageview' : unit === 'device' ? 'install' : 'session', id);
      if (value !== null) replace('sampling-value', 'null');
    }
    const fields = given as unknown as JsonObject;
    for (const key of Object.keys(fields)) if (!MACHINE.has(key)) look(fields[key] ?? null, key, '');
  }

  return {
    known,
    record,
    look,
    replaced: (): Replaced[] =>
      SECRETS.flatMap(secret => {
        const values = counts.get(secret) ?? 0;
        return values === 0 ? [] : [{ secret, values, example: examples.get(secret) ?? '' }];
      }),
  };
}

/** Looks through the session; yields now and then how many records that were. */
export function* redactionOf({ header, records, marks }: TestSession): Generator<number, Redaction> {
  const search = createSearch();
  for (const [index, record] of records.entries()) {
    if (index % AT_ONCE === 0) yield index;
    search.record(record);
  }
  search.look(header as unknown as Json, '', '');
  for (const { text } of marks) search.look(text, '', '');
  return createRedaction(search.known, search.replaced());
}

function createRedaction(known: ReadonlyMap<string, Known>, replaced: Replaced[]): Redaction {
  const names = namesOf(known);
  const of = (text: string) => known.get(text)?.pseudonym;

  const within = remembering((text: string) => {
    let changed = names ? text.replace(names, found => of(plain(found))?.replace(/ /g, '_') ?? found) : text;
    if (changed.length < SHORTEST_TOKEN) return changed;
    changed = changed.replace(TOKEN, token => {
      if (token.length < SHORTEST_TOKEN) return token;
      const found = of(token);
      if (found !== undefined) return found;
      return token.includes('-') ? token.replace(/[^-]+/g, part => of(part) ?? part) : token;
    });
    return withAddresses(changed, address => of(address) ?? address);
  });

  function text(given: string): string {
    if (isTime(given)) return given;
    return isSmallNumber(given) ? given : (of(given) ?? within(given));
  }
  const nameOf = remembering((key: string) => (key.length >= SHORTEST_TOKEN ? text(key) : key));

  /** The same object where nothing in it is replaced. */
  function value(given: Json, name: string, parent: string): Json {
    // The number of a user is one only where it is called so.
    if (typeof given === 'number' || (typeof given === 'string' && isSmallNumber(given))) {
      const made = secretOf(name, parent) === 'user' ? of(String(given)) : undefined;
      return made === undefined ? given : typeof given === 'number' ? Number(made) : made;
    }
    if (typeof given === 'string') return text(given);
    if (Array.isArray(given)) {
      const made = given.map(one => value(one, name, parent));
      return made.some((one, index) => one !== given[index]) ? made : given;
    }
    return isJsonObject(given) ? object(given, name, NONE) : given;
  }

  function object(given: JsonObject, name: string, untouched: ReadonlySet<string>): JsonObject {
    let made = given;
    let isRenamed = false;
    for (const key of Object.keys(given)) {
      if (untouched.has(key)) continue;
      const one = given[key] ?? null;
      const changed = value(one, key, name);
      isRenamed ||= nameOf(key) !== key;
      if (changed === one) continue;
      if (made === given) made = { ...given };
      made[key] = changed;
    }
    return isRenamed ? Object.fromEntries(Object.entries(made).map(([key, one]) => [nameOf(key), one])) : made;
  }

  function record(given: Record): Record {
    const made = object(given as unknown as JsonObject, '', MACHINE) as unknown as Record;
    const { sampling } = made.decision;
    // The value is the identifier's first eight digits as a number: it would give them away.
    const decision =
      sampling?.id && sampling.value !== null
        ? { ...made.decision, sampling: { ...sampling, value: null } }
        : made.decision;
    const { load } = given.page;
    const page = made.page.load === load ? made.page : { ...made.page, load };
    return decision === made.decision && page === made.page ? made : { ...made, decision, page };
  }

  return {
    record,
    event: event => value(event, 'event', ''),
    text,
    header: header => value(header as unknown as Json, '', '') as unknown as Header,
    mark: mark => ({ ...mark, text: text(mark.text) }),
    replaced,
  };
}

const NONE: ReadonlySet<string> = new Set();
const isSmallNumber = (text: string) => text.length <= 7 && /^\d+$/.test(text);

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
function namesOf(known: ReadonlyMap<string, Known>): RegExp | null {
  const names = [...known].flatMap(([value, { secret }]) =>
    secret === 'user' && value.length >= SHORTEST_NAME && !/^\d+$/.test(value) ? [value] : [],
  );
  if (names.length === 0 || names.length > MOST_NAMES) return null;
  const forms = names.flatMap(name => [name, name.replace(/ /g, '_'), encodeURIComponent(name)]);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.map(literal).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
}
