/** Rules as a file that can be shared: it never says where events go, that is chosen on each machine. */

import type { Rule } from '../record/override.ts';
import { checkRules, LARGEST_OVERRIDE, OverrideError } from './check.ts';

export interface RuleFile {
  format: 1;
  name: string;
  note: string;
  rules: Rule[];
}

const LONGEST_NAME = 200;
const LONGEST_NOTE = 2_000;

/** The file's text: JSON, see rules.schema.json. Rules that belong to one machine are left out. */
export function writeRuleFile({ name, note, rules }: Omit<RuleFile, 'format'>): string {
  return `${JSON.stringify({ format: 1, name, note, rules: rules.filter(isShared) }, null, 2)}\n`;
}

const isShared = (rule: Rule): boolean => !('hasty' in rule);

/**
 * Reads a file of rules; a bare list of rules will do.
 * @throws OverrideError which says what is wrong and what would be right; nothing of the file is then to be used
 */
export function readRuleFile(text: string): RuleFile {
  if (new TextEncoder().encode(text).length > LARGEST_OVERRIDE) {
    throw new OverrideError(`The file has over ${LARGEST_OVERRIDE} bytes. Remove rules.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new OverrideError(`The file is no JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  if (Array.isArray(value)) value = { format: 1, rules: value };
  if (typeof value !== 'object' || value === null) {
    throw new OverrideError('The file must hold a list of rules, or an object with a list of rules.');
  }
  const { format, name = '', note = '', rules, ...rest } = value as { [key: string]: unknown };
  if (format !== 1) {
    throw new OverrideError(`The file has format ${JSON.stringify(format) ?? 'none'}; this version reads format 1.`);
  }
  for (const field of ['policy', 'target', 'until'] as const) {
    if (field in rest) throw new OverrideError(`A file of rules has no "${field}": that is chosen on this machine.`);
  }
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new OverrideError(`A file of rules has no field "${unknown}".`);
  const checked = checkRules(rules);
  const own = checked.findIndex(rule => !isShared(rule));
  if (own >= 0) throw new OverrideError(`Rule ${own + 1}: "hasty" is chosen on this machine, no file carries it.`);
  return { format: 1, name: line(name, 'name', LONGEST_NAME), note: line(note, 'note', LONGEST_NOTE), rules: checked };
}

function line(value: unknown, field: string, longest: number): string {
  if (typeof value === 'string' && value.length <= longest) return value;
  throw new OverrideError(`"${field}" must be a text of ${longest} characters at most.`);
}
