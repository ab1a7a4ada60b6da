import { describe, expect, it } from 'vitest';
import { startEngine } from './engine.ts';
import { expectedOf, readCases, schemaAt, there } from './eventgate-cases.ts';

describe.skipIf(!there)('EventGate', () => {
  it('is agreed with in every case: the verdict, and each error with path, keyword, message and params', async () => {
    const engine = await startEngine();
    const cases = readCases();
    const compiled = new Set<string>();
    let equal = 0;
    const different: unknown[] = [];
    for (const one of cases) {
      const { schema, case: name, event } = one;
      if (!compiled.has(schema)) {
        expect(await engine.compile(schema, schemaAt(schema))).toEqual({ ok: true });
        compiled.add(schema);
      }
      const ours = await engine.judge(schema, JSON.stringify(event));
      const theirs = expectedOf(one);
      try {
        expect(ours).toEqual(theirs);
        equal++;
      } catch {
        different.push({ schema, name, ours, theirs });
      }
    }
    console.log(`EventGate: ${equal} of ${cases.length} verdicts equal, over ${compiled.size} schemas`);
    expect(different).toEqual([]);
  }, 120_000);
});
