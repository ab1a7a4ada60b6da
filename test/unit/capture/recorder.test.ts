import './page.ts';
import { describe, expect, it } from 'vitest';
import { add, draft, listen, startRecorder } from '../../../src/capture/recorder.ts';

Object.assign(globalThis, { document: new Document() });

/** All that runs at the end of scripts has run. */
const quiet = () => new Promise(resolve => setImmediate(resolve));

describe('the facts of a hidden page', () => {
  it('leave when the script ends, and what a flush adds asks for no other', async () => {
    const lines: string[] = [];
    let told = 0;
    // As of a page whose body is not there yet: there is a context to tell at each flush.
    const tell = () => {
      if (told++ < 50) add(draft('context', 0));
    };
    startRecorder((_, text) => lines.push(...text.split('\n')), tell);
    listen(true);
    await quiet();
    expect([told, lines.length]).toEqual([1, 1]);
    add(draft('call', 0));
    add(draft('call', 0));
    expect(lines).toHaveLength(1);
    await quiet();
    expect([told, lines.length]).toEqual([2, 4]);
  });
});
