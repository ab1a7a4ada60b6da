import {
  CATALOGUE,
  hasFormat,
  type IdentifierEntry,
  type IdentifierKind,
  type IdentifierPlatform,
  identifiersOf,
} from '../../platform/identifier-catalogue.ts';
import type { ContextFact } from '../../record/facts.ts';
import type { Record } from '../../record/record.ts';

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

/** The identifiers of a web page, with the events that carry them. */
export function seenIdentifiers(context: ContextFact | null, records: readonly Record[]): SeenIdentifier[] {
  const found = new Map<IdentifierKind, { stream: string; field: string; value: string }[]>();
  for (const { event, stream } of records) {
    for (const { kind, field, value } of identifiersOf(event)) {
      const all = found.get(kind) ?? [];
      all.push({ stream: stream ?? '', field, value });
      found.set(kind, all);
    }
  }
  return CATALOGUE.filter(({ platform }) => platform === 'web').map(entry => {
    const { kind } = entry;
    const carried = found.get(kind) ?? [];
    const cookie = cookieOf(kind, context);
    const own = kind === 'session' || kind === 'pageview' ? context?.[kind] : cookie?.value;
    const value = own ?? carried.at(-1)?.value ?? null;
    return {
      entry,
      value,
      cookie,
      formats: PLATFORMS.map(platform => ({
        platform,
        ok: value === null ? null : hasFormat(kind, platform, value),
      })),
      carriers: carriersOf(carried, value),
    };
  });
}

function cookieOf(kind: IdentifierKind, context: ContextFact | null): SeenIdentifier['cookie'] {
  const prefix = context?.cookiePrefix;
  if (context === null || prefix === undefined) return null;
  if (kind === 'session') return { name: `${prefix}mwuser-sessionId`, value: context.sessionCookie ?? null };
  return kind === 'el-session' ? { name: `${prefix}el-sessionId`, value: context.elSession ?? null } : null;
}

function carriersOf(carried: { stream: string; field: string; value: string }[], shown: string | null): Carrier[] {
  const all = new Map<string, Carrier>();
  for (const { stream, field, value } of carried) {
    const key = `${stream} ${field}`;
    const carrier = all.get(key) ?? { stream, field, events: 0, others: 0 };
    carrier.events += 1;
    if (value !== shown) carrier.others += 1;
    all.set(key, carrier);
  }
  return [...all.values()].sort((a, b) => b.events - a.events);
}
