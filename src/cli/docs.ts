import { writeFileSync } from 'node:fs';
import { checksTable } from '../checks/table.ts';
import { EXIT, ROOT, say } from './command.ts';

/** `npm run docs`: writes what the documentation takes from the code. */
export async function docs(): Promise<number> {
  writeFileSync(`${ROOT}docs/checks.md`, checksTable());
  say('docs/checks.md');
  return EXIT.ok;
}
