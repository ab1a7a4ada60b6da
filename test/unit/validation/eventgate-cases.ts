/** Real verdicts of EventGate over real schemas, for tests that compare with them; the recordings are not part of the project. */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Json, VerdictError } from '../../../src/record/record.ts';

export interface Case {
  schema: string;
  case: string;
  event: Json;
  valid: boolean;
  errors: { keyword: string; dataPath: string; schemaPath: string; message: string; params: Json }[] | null;
}

/** `VERDICTS` names another place for them. */
const data = process.env['VERDICTS'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const file = `${data}/eventgate-verdicts.ndjson.gz`;
export const there = existsSync(file);
if (!there) console.log(`Skipped: no verdicts of EventGate at ${file}. Set VERDICTS to the folder that holds them.`);

/** The text of a schema. */
export const schemaAt = (uri: string) => {
  const place = ['primary', 'secondary'].map(name => `${data}/schemas/${name}${uri}.json`).find(existsSync);
  if (!place) throw new Error(`No schema ${uri} in ${data}`);
  return readFileSync(place, 'utf8');
};

/** Ajv 6's own paths (`.a['b-c'][0]`) as JSON Pointers. */
function toPointer(dataPath: string): string {
  const step = /\.([A-Za-z_$][\w$]*)|\['((?:[^'\\]|\\.)*)'\]|\[(\d+)\]/g;
  const unescape = (text: string) => text.replace(/\\(.)/g, '$1');
  return dataPath.replace(step, (_, name?: string, quoted?: string, index?: string) => {
    const key = name ?? index ?? unescape(quoted ?? '');
    return `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
  });
}

export const readCases = (): Case[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Case);

/** What our engine is to answer. */
export const expectedOf = ({ valid, errors }: Case) => ({
  ok: true as const,
  valid,
  errors: (errors ?? []).map(
    ({ dataPath, ...rest }) => ({ instancePath: toPointer(dataPath), ...rest }) as unknown as VerdictError,
  ),
  omitted: 0,
});
