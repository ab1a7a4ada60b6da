/** What identifies somebody: by the name of its field, or by its form. And what stands for it when it is taken out. */

export const SECRETS = ['session', 'pageview', 'install', 'user', 'ip', 'user-agent', 'sampling-value'] as const;
export type Secret = (typeof SECRETS)[number];

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

const IPV4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g;
const IPV6 =
  /(?<![\da-f:.])(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,6}(?::[\da-f]{1,4}){1,6})(?![\da-f:])/gi;
/** What every address has somewhere; most texts have neither, which is far sooner known. */
const [LIKE_IPV4, LIKE_IPV6] = [/\d\.\d/, /[\da-f]:[\da-f:]/i];
const LOCAL = /^(?:127\.|0\.0\.0\.0$|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/i;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** What a field of this name in an object of that name identifies; null for nothing. */
export function secretOf(name: string, parent: string): Secret | null {
  const ofParent = known.get(parent) ?? new Map<string, Secret | null>();
  const before = ofParent.get(name);
  if (before !== undefined) return before;
  const found = find(name, parent);
  if (known.size >= MOST_KNOWN || ofParent.size >= MOST_KNOWN) known.clear();
  known.set(parent, ofParent.set(name, found));
  return found;
}
/** Fields have the same few names in every record. */
const known = new Map<string, Map<string, Secret | null>>();
const MOST_KNOWN = 2_000;

function find(name: string, parent: string): Secret | null {
  const inside = Object.hasOwn(INSIDE, parent) ? INSIDE[parent] : undefined;
  if (inside && Object.hasOwn(inside, name)) return inside[name] ?? null;
  return NAMES.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** The text with each address (IPv4 or IPv6) in it replaced, but those of this machine and of documentation. */
export function withAddresses(text: string, replace: (address: string) => string): string {
  const one = (found: string) => (LOCAL.test(found) ? found : replace(found));
  let changed = text;
  if (LIKE_IPV4.test(changed)) changed = changed.replace(IPV4, one);
  if (LIKE_IPV6.test(changed)) changed = changed.replace(IPV6, one);
  return changed;
}

/** A time in ISO 8601 UTC: many in every record, each another, and none of them a secret. */
export const isTime = (text: string): boolean => text.charCodeAt(10) === 84 && text.length < 32 && TIME.test(text);

const padded = (count: number, length: number): string => count.toString(16).padStart(length, '0');

/** The `count`-th value of this kind: of the same form as the given one, and it can be seen that it is made up. */
export function pseudonym(secret: Secret, value: string, count: number): string {
  if (secret === 'ip') return value.includes(':') ? `2001:db8::${count.toString(16)}` : addressOf(count);
  if (secret === 'user') return /^\d+$/.test(value) ? String(count) : `User ${count}`;
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(value)) return `00000000-0000-4000-8000-${padded(count, 12)}`;
  if (/^[\da-f]{8,}$/i.test(value)) return padded(count, value.length);
  return `${secret}-${count}`;
}

/** Of the networks for documentation (RFC 5737). */
const addressOf = (count: number): string =>
  count < 255 ? `192.0.2.${count}` : count < 509 ? `198.51.100.${count - 254}` : `203.0.113.${(count % 254) + 1}`;
