import { mkdirSync, writeFileSync } from 'node:fs';
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { checksTable } from '../checks/table.ts';
import { EXIT, ROOT, say } from './command.ts';
import { qqqOf } from './qqq.ts';

/** `npm run docs`: writes what the documentation takes from the code. */
export async function docs(): Promise<number> {
  writeFileSync(`${ROOT}docs/checks.md`, checksTable());
  mkdirSync(`${ROOT}docs/i18n`, { recursive: true });
  writeFileSync(`${ROOT}docs/i18n/qqq.json`, qqqOf(messages));
  say('docs/checks.md, docs/i18n/qqq.json');
  return EXIT.ok;
}
