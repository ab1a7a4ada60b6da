import { describe, expect, it } from 'vitest';
import { readLine } from '../../../src/cli/event-lines.ts';

describe('a line of a file of events', () => {
  it('is an event, whatever mark the file begins with', () => {
    expect(readLine('\uFEFF{"$schema":"/a/1.0.0"}', 1)).toMatchObject({ line: 1, record: { schema: '/a/1.0.0' } });
  });

  it('is no event where it is not JSON, or null', () => {
    expect(readLine('{"a":', 2)).toMatchObject({ line: 2, problem: expect.stringMatching(/^The line is not JSON: /) });
    expect(readLine('\uFEFF{}', 2)).toMatchObject({ line: 2, problem: expect.stringMatching(/not JSON/) });
    expect(readLine(' null ', 3)).toEqual({ line: 3, problem: 'The line is null: an event is an object' });
  });

  it('is nothing where it is empty, or a header or a hole of an exported log', () => {
    expect(readLine('  ', 1)).toBeNull();
    expect(readLine('{"type":"header","format":1}', 1)).toBeNull();
    expect(readLine('{"type":"hole","load":"x"}', 1)).toBeNull();
  });
});
