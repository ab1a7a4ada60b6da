import { describe, expect, it } from 'vitest';
import { browserName, CommandError, EXIT, parse, webAddress } from '../../../src/cli/command.ts';

const usageError = expect.objectContaining({ code: EXIT.usage });

describe('bad usage ends with exit code 2', () => {
  it.each([
    () => browserName('safari'),
    () => webAddress('some.wiki'),
    () => webAddress('file:///etc/passwd'),
    () => parse({ args: ['--bogus'], options: {} }),
    () => parse({ args: ['--seconds'], options: { seconds: { type: 'string' } } }),
  ])('%s', run => {
    expect(run).toThrow(CommandError);
    expect(run).toThrow(usageError);
  });
});

it('takes what is meant', () => {
  expect(browserName('firefox')).toBe('firefox');
  expect(webAddress('https://some.wiki').href).toBe('https://some.wiki/');
});
