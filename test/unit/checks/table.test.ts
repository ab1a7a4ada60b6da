import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checksTable } from '../../../src/checks/table.ts';

it('docs/checks.md is as the code has it (npm run docs)', () => {
  expect(readFileSync(new URL('../../../docs/checks.md', import.meta.url), 'utf8')).toBe(checksTable());
});
