import type { Json, JsonObject } from '../../record/record.ts';

/** How a setting of a stream stands in the page's config and in the API's. */
export type Sides = 'same' | 'different' | 'page' | 'api';

export interface Setting {
  /** The names that lead to it, joined by dots. */
  path: string;
  page: Json | undefined;
  api: Json | undefined;
  /** `page`, `api`: only that one has it. */
  sides: Sides;
}

/**
 * What is shipped to pages of a stream's settings: what lacks of these in a page is a difference, all else is not there
 * by design. Source: mediawiki-extensions-EventLogging includes/Hooks.php (STREAM_CONFIG_SETTINGS_ALLOWLIST).
 */
const SHIPPED = ['sample', 'producers'];
/** Within `producers` the page gets no more than its own client's. */
const SHIPPED_PRODUCER = 'producers.metrics_platform_client';

/** Every setting of both, side by side, those that differ first, then by name. */
export function compare(page: Json | undefined, api: Json | undefined): Setting[] {
  const [ours, theirs] = [leaves(page), leaves(api)];
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])];
  return paths
    .map(path => setting(path, ours.get(path), theirs.get(path)))
    .sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}

function setting(path: string, page: Json | undefined, api: Json | undefined): Setting {
  const both = page !== undefined && api !== undefined;
  const same = both && JSON.stringify(page) === JSON.stringify(api);
  return { path, page, api, sides: same ? 'same' : both ? 'different' : page === undefined ? 'api' : 'page' };
}

const rank = (one: Setting): number => (isDifference(one) ? 0 : one.sides === 'same' ? 1 : 2);

/** Whether the two disagree about something that both are to have. */
export function isDifference({ path, sides }: Setting): boolean {
  if (sides === 'different' || sides === 'page') return true;
  if (sides === 'same') return false;
  const [first = ''] = path.split('.');
  return SHIPPED.includes(first) && (first !== 'producers' || path.startsWith(SHIPPED_PRODUCER));
}

/** How deep settings are taken apart. */
const DEPTH = 4;

/** The values that are no objects, by path; lists are values. */
function leaves(config: Json | undefined): Map<string, Json> {
  const found = new Map<string, Json>();
  function add(value: Json, path: string, depth: number): void {
    if (isObject(value) && depth < DEPTH && Object.keys(value).length > 0) {
      for (const [name, member] of Object.entries(value))
        add(member, path === '' ? name : `${path}.${name}`, depth + 1);
    } else if (path !== '') found.set(path, value);
  }
  if (config !== undefined) add(config, '', 0);
  return found;
}

/** Where a stream is known. */
export interface KnownStream {
  name: string;
  page: Json | undefined;
  api: JsonObject | undefined;
  /** How many settings differ. */
  differences: number;
}

/** The streams of both, by name. @param api null where it could not be read: then nothing can differ */
export function streamsOf(
  page: JsonObject | false | undefined,
  api: { [stream: string]: JsonObject } | null,
): KnownStream[] {
  const ours = isObject(page) ? page : {};
  const names = new Set([...Object.keys(ours), ...Object.keys(api ?? {})]);
  return [...names].sort().map(name => {
    const [here, there] = [own(ours, name), own(api ?? {}, name)];
    const differ = api !== null && here !== undefined && there !== undefined;
    const differences = differ ? compare(here, there).filter(isDifference).length : 0;
    return { name, page: here, api: isObject(there) ? there : undefined, differences };
  });
}

const own = (object: { [name: string]: Json }, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
