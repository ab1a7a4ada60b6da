import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, say } from './command.ts';

/** Warnings that are as they should be: `code` with the start of the file's name, and why. */
interface Allowed {
  code: string;
  file: string;
  why: string;
}

interface Finding {
  code: string;
  file?: string;
  message: string;
}

/** Runs Mozilla's own linter over an unpacked extension: no error, no notice, and no warning but those of the list. */
export async function lintExtension(folder: string): Promise<boolean> {
  const program = join(ROOT, 'node_modules/web-ext/bin/web-ext.js');
  const { stdout } = spawnSync(
    process.execPath,
    [program, 'lint', '--source-dir', folder, '--output', 'json', '--no-config-discovery'],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const { errors, notices, warnings } = JSON.parse(stdout) as {
    [kind in 'errors' | 'notices' | 'warnings']: Finding[];
  };
  const allowed = JSON.parse(readFileSync(new URL('./web-ext-warnings.json', import.meta.url), 'utf8')) as Allowed[];
  const fits = (found: Finding) =>
    allowed.some(({ code, file }) => found.code === code && (found.file ?? '').startsWith(file));
  const wrong = [...errors, ...notices, ...warnings.filter(found => !fits(found))];
  for (const { code, file = '', message } of wrong) say(`web-ext: ${file}: ${code}: ${message}`);
  return wrong.length === 0;
}
