import { at, type Json } from '../../platform/json.ts';

/** The identifier that a config is sampled by, where the web has it. Without a sampling, that of the session. */
export function unitOf(config: Json | undefined): 'session' | 'pageview' | null {
  const unit = at(at(config, 'sample'), 'unit');
  if (unit === undefined) return 'session';
  return unit === 'session' || unit === 'pageview' ? unit : null;
}

/** An identifier as MediaWiki makes them: 80 random bits, 20 lower-case hex digits. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
