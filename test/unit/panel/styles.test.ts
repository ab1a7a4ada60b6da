import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../../src/panel');
const sheets = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.css'))
  .map(file => ({ file, text: readFileSync(join(root, file), 'utf8').replace(/\/\*[^]*?\*\//g, '') }));

/** The selectors of a stylesheet, those of media queries too. */
const selectors = (text: string): string[] =>
  [...text.matchAll(/([^{};]+)\{/g)]
    .map(([, head]) => (head ?? '').trim())
    .filter(head => !head.startsWith('@'))
    .flatMap(head => head.split(/,(?![^(]*\))/))
    .map(selector => selector.trim().replace(/\s+/g, ' '));

/** The classes that a selector begins with: what it is about wherever that stands. */
const begins = (selector: string): string[] =>
  selector.split(/[ >+~]/)[0]?.match(/(?<=^\.|^button\.|^dialog\.)[\w-]+/g) ?? [];
/** What is checked is a part of the details. */
const SHARED = ['details'];

it('has no class that two stylesheets are about: all of them share one document', () => {
  const owners = new Map<string, Set<string>>();
  for (const { file, text } of sheets)
    for (const name of selectors(text).flatMap(begins)) owners.set(name, (owners.get(name) ?? new Set()).add(file));
  const shared = [...owners].filter(([name, files]) => files.size > 1 && !SHARED.includes(name));
  expect(shared.map(([name, files]) => `${name}: ${[...files].join(', ')}`)).toEqual([]);
});

it('names no side by left or right: texts run either way', () => {
  const physical =
    /(?:margin|padding|border)-(?:left|right)\b|text-align: (?:left|right)|(?:^|\s)(?:left|right):|border-(?:top|bottom)-(?:left|right)/;
  const found = sheets.flatMap(({ file, text }) =>
    text.split('\n').flatMap(line => (physical.test(line) ? [`${file}: ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});
