import { readFileSync } from 'node:fs';
import type { DeliveryPolicy, Override } from '../record/override.ts';
import { checkOverride, OverrideError } from '../overrides/check.ts';
import { readRuleFile } from '../overrides/file.ts';
import { messageOf, usage } from './command.ts';

const MINUTE = 60_000;

/** What the command line may say of an override, as it was typed. */
export interface OverrideOptions {
  /** A file of rules. */
  override?: string | undefined;
  policy?: string | undefined;
  target?: string | undefined;
  /** `?hasty` is taken from the addresses of intakes on this machine: no file of rules says so. */
  'no-hasty'?: boolean;
  /** Minutes until it ends by itself. */
  until?: string | undefined;
}

/**
 * The override that the command line asks for; null where it asks for none. A delivery policy needs no rules.
 * @param from where a path of the command line leads
 * @param now milliseconds since the epoch
 * @throws bad usage, which says what is wrong and what would be right
 */
export function overrideOf(options: OverrideOptions, from: (path: string) => string, now: number): Override | null {
  const { override: file, policy, target, until } = options;
  const isHasty = !options['no-hasty'];
  if (file === undefined && policy === undefined && isHasty) {
    const [alone] = (['target', 'until'] as const).filter(name => options[name] !== undefined);
    if (alone !== undefined)
      throw usage(`--${alone} is about an override: give --override, --policy or --no-hasty with it.`);
    return null;
  }
  if ((target !== undefined) !== (policy === 'redirect')) {
    throw usage('--policy redirect needs --target, the address of an intake of your own; other policies have none.');
  }
  const minutes = Number(until ?? 60);
  if (!Number.isFinite(minutes)) throw usage(`--until ${until} is no number of minutes.`);
  const rules = file === undefined ? [] : readFile(file, from);
  if (!isHasty) rules.push({ hasty: 'off' });
  try {
    const chosen = (policy ?? 'hold-forced') as DeliveryPolicy;
    return checkOverride({ rules, policy: chosen, until: now + minutes * MINUTE, target }, now);
  } catch (error) {
    throw refused(error, '');
  }
}

function readFile(path: string, from: (path: string) => string): Override['rules'] {
  let text: string;
  try {
    text = readFileSync(from(path), 'utf8');
  } catch (error) {
    throw usage(`--override ${path} cannot be read: ${messageOf(error)}`);
  }
  try {
    return readRuleFile(text).rules;
  } catch (error) {
    throw refused(error, `--override ${path}: `);
  }
}

const refused = (error: unknown, before: string): unknown =>
  error instanceof OverrideError ? usage(before + error.message) : error;

/** What is in force, in one line. */
export function toldOverride({ rules, policy, target }: Override): string {
  const where = {
    'hold-forced': 'what they force is held',
    'hold-all': 'all events are held',
    deliver: "what they force goes to the page's own intake",
    redirect: `all events go to ${target}`,
  }[policy];
  return `Under override, ${rules.length} rule${rules.length === 1 ? '' : 's'}: ${where}.`;
}
