import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isImmutable, isSchemaUri } from '../../../src/validation/schema-uri.ts';

describe('the address of a schema', () => {
  it.each([
    '/analytics/product_metrics/web/base/1.3.0',
    '/a/1.0.0',
    '/a-b/c_d/e.f/10.20.30',
    '/a/latest',
    '/a/current',
    '/..a/b../1.0.0',
  ])('%s is one', uri => {
    expect(isSchemaUri(uri)).toBe(true);
  });

  it.each([
    '',
    '/',
    '/1.0.0',
    'a/1.0.0',
    '/a/1.0',
    '/a/1.0.0/',
    '/a/1.0.0?x',
    '/a/1.0.0#x',
    '/a/1.0.0\n',
    '//evil',
    '//evil/1.0.0',
    '/a//1.0.0',
    '/../1.0.0',
    '/a/../b/1.0.0',
    '/a/./1.0.0',
    '/../../admin?x',
    '/a/%2e%2e/1.0.0',
    '/a\\b/1.0.0',
    '/a b/1.0.0',
    '/é/1.0.0',
    '/a@evil.example/1.0.0:80',
    'https://evil.example/a/1.0.0',
    'javascript:alert(1)',
    `/${'a'.repeat(300)}/1.0.0`,
  ])('%j is none', uri => {
    expect(isSchemaUri(uri)).toBe(false);
  });

  it('never leaves the base it is put behind', () => {
    const base = 'https://schemas.example/some/base';
    const piece = fc.constantFrom('/', '.', '..', 'a', '1.0.0', 'latest', '%2e', '?', '#', '@', ':', '\\', '//', ' ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map(pieces => pieces.join('')),
        ),
        uri => {
          if (isSchemaUri(uri)) expect(new URL(`${base}${uri}`).href).toBe(`${base}${uri}`);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('says what moves', () => {
    expect(['/a/1.0.0', '/latest/1.0.0', '/a/latest', '/a/current'].map(isImmutable)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
