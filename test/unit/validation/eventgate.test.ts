import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/record/record.ts';
import { startEngine } from './engine.ts';

interface Case {
  schema: string;
  case: string;
  event: Json;
  valid: boolean;
  errors: { keyword: string; dataPath: string; schemaPath: string; message: string; params: Json }[] | null;
}

/** Real verdicts of EventGate over real schemas; not part of the project. `VERDICTS` names another place for them. */
const data = process.env['VERDICTS'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const file = `${data}/eventgate-verdicts.ndjson.gz`;
const there = existsSync(file);
if (!there) console.log(`Skipped: no verdicts of EventGate at ${file}. Set VERDICTS to the folder that holds them.`);

const schemaAt = (uri: string) => {
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

describe.skipIf(!there)('EventGate', () => {
  it('is agreed with in every case: the verdict, and each error with path, keyword, message and params', async () => {
    const engine = await startEngine();
    const cases = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
    const compiled = new Set<string>();
    let equal = 0;
    const different: unknown[] = [];
    for (const line of cases) {
      const { schema, case: name, event, valid, errors }: Case = JSON.parse(line);
      if (!compiled.has(schema)) {
        expect(await engine.compile(schema, schemaAt(schema))).toEqual({ ok: true });
        compiled.add(schema);
      }
      const ours = await engine.judge(schema, JSON.stringify(event));
      const theirs = (errors ?? []).map(({ dataPath, ...rest }) => ({ instancePath: toPointer(dataPath), ...rest }));
      try {
        expect(ours).toEqual({ ok: true, valid, errors: theirs, omitted: 0 });
        equal++;
      } catch {
        different.push({ schema, name, ours, theirs });
      }
    }
    console.log(`EventGate: ${equal} of ${cases.length} verdicts equal, over ${compiled.size} schemas`);
    expect(different).toEqual([]);
  }, 120_000);
});
