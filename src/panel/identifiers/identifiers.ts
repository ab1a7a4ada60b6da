import {
  CATALOGUE,
  hasFormat,
  type IdentifierEntry,
  type IdentifierKind,
  type IdentifierPlatform,
  identifiersOf,
} from '../../platform/identifier-catalogue.ts';
import type { ContextFact } from '../../record/facts.ts';
import { type Alike, createTally, newestOf, type Tally } from '../store/tally.ts';

/** Events of one stream that carry an identifier in one field. */
export interface Carrier {
  stream: string;
  field: string;
  events: number;
  /** How many of them carry another value than the one that is shown. */
  others: number;
}

export interface SeenIdentifier {
  entry: IdentifierEntry;
  /** As clients read it now, else as the newest event carries it; null where it was not seen. */
  value: string | null;
  /** The cookie in which it lives, by its full name, and what that holds; null of an identifier without a cookie. */
  cookie: { name: string; value: string | null } | null;
  /** Whether it has the form that each platform gives it; null where the platform has no such identifier. */
  formats: { platform: IdentifierPlatform; ok: boolean | null }[];
  carriers: Carrier[];
}

const PLATFORMS: readonly IdentifierPlatform[] = ['web', 'android', 'ios'];

/** What an event carries. */
export interface Carried {
  stream: string;
  ids: ReturnType<typeof identifiersOf>;
}

/** Events by the identifiers that they carry. */
export const carriedTally = (): Tally<Carried> =>
  createTally(({ event, stream }) => {
    const ids = identifiersOf(event);
    return ids.length === 0 ? null : { stream: stream ?? '', ids };
  });

/** The identifiers of a web page, with the events that carry them. */
export function seenIdentifiers(context: ContextFact | null, carried: Iterable<Alike<Carried>>): SeenIdentifier[] {
  const all = [...carried];
  return CATALOGUE.filter(({ platform }) => platform === 'web').map(entry => {
    const { kind } = entry;
    const carrying = all.filter(({ what }) => what.ids.some(id => id.kind === kind));
    const cookie = cookieOf(kind, context);
    const own = kind === 'session' || kind === 'pageview' ? context?.[kind] : cookie?.value;
    const value = own ?? newestOf(carrying)?.ids.findLast(id => id.kind === kind)?.value ?? null;
    return {
      entry,
      value,
      cookie,
      formats: PLATFORMS.map(platform => ({
        platform,
        ok: value === null ? null : hasFormat(kind, platform, value),
      })),
      carriers: carriersOf(kind, carrying, value),
    };
  });
}

function cookieOf(kind: IdentifierKind, context: ContextFact | null): SeenIdentifier['cookie'] {
  const prefix = context?.cookiePrefix;
  if (context === null || prefix === undefined) return null;
  if (kind === 'session') return { name: `${prefix}mwuser-sessionId`, value: context.sessionCookie ?? null };
  return kind === 'el-session' ? { name: `${prefix}el-sessionId`, value: context.elSession ?? null } : null;
}

function carriersOf(kind: IdentifierKind, carrying: readonly Alike<Carried>[], shown: string | null): Carrier[] {
  const all = new Map<string, Carrier>();
  for (const { what, indexes } of carrying) {
    for (const { field, value } of what.ids.filter(id => id.kind === kind)) {
      const key = keyOf({ stream: what.stream, field });
      const carrier = all.get(key) ?? { stream: what.stream, field, events: 0, others: 0 };
      carrier.events += indexes.length;
      if (value !== shown) carrier.others += indexes.length;
      all.set(key, carrier);
    }
  }
  return [...all.values()].sort((a, b) => b.events - a.events || (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ stream, field }: Pick<Carrier, 'stream' | 'field'>): string => `${stream} ${field}`;
