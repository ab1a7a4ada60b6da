import { type Muted, readMuted } from '../../checks/mute.ts';
import { httpSource, type HttpSource, parseBase } from '../repositories.ts';

/** What outlives the panel: where schemas are read from, and what nobody wants to hear of. */
export interface Settings {
  repositories: readonly HttpSource[];
  muted: Muted;
}

/** How settings stand in the browser's storage and in a file that is shared. */
export interface KeptSettings {
  repositories: { base: string; kept: boolean }[];
  muted: Muted;
}

const TYPE = 'metrics-platform-inspector settings';

export const toKept = ({ repositories, muted }: Settings): KeptSettings => ({
  repositories: repositories.map(({ base, kept }) => ({ base, kept })),
  muted,
});

/** Reads what was kept, by an older version of the panel too; what is not of the form is left out. */
export function fromKept(value: unknown): { repositories: HttpSource[]; muted: Muted } {
  const { repositories, muted } = (typeof value === 'object' && value !== null ? value : {}) as {
    [key: string]: unknown;
  };
  const entries: unknown[] = Array.isArray(repositories) ? repositories : [];
  return { repositories: entries.flatMap(one => readSource(one) ?? []), muted: readMuted(muted) };
}

function readSource(value: unknown): HttpSource | null {
  const given = typeof value === 'string' ? { base: value } : value;
  if (typeof given !== 'object' || given === null || !('base' in given) || typeof given.base !== 'string') return null;
  const base = parseBase(given.base);
  if (base === null) return null;
  const source = httpSource(base);
  return 'kept' in given && typeof given.kept === 'boolean' ? { ...source, kept: given.kept } : source;
}

/** Settings as a file to be shared. */
export const settingsFile = (settings: Settings): string =>
  `${JSON.stringify({ type: TYPE, format: 1, ...toKept(settings) }, null, 2)}\n`;

/**
 * Reads such a file.
 * @throws Error that says why it is none
 */
export function readSettingsFile(text: string): { repositories: HttpSource[]; muted: Muted } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('The file is not JSON: choose one that was exported here.');
  }
  if (typeof value !== 'object' || value === null || !('type' in value) || value.type !== TYPE)
    throw new Error('The file holds no settings: choose one that was exported here.');
  return fromKept(value);
}
