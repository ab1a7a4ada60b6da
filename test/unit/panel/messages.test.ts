import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { qqqOf } from '../../../src/cli/qqq.ts';
import { DECISION_STATES, DELIVERY_STATES, REASONS, VERDICTS } from '../../../src/record/lists.ts';
import { explanation, SAMPLING_CODES } from '../../../src/platform/explain/explanation.ts';
import { RULE_KINDS } from '../../../src/panel/overrides/draft.ts';
import { VIEWS } from '../../../src/panel/store/state.ts';

const root = resolve(import.meta.dirname, '../../..');
const texts: { [key: string]: { message: string; description: string } } = messages;

function sources(folder: string): string {
  return readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .map(file => readFileSync(resolve(root, folder, file), 'utf8'))
    .join('\n');
}

it('has a text for every word of the closed lists', () => {
  const words = [
    ...DECISION_STATES.map(word => `decision_${word}`),
    ...REASONS.map(word => `reason_${word}`),
    ...DELIVERY_STATES.map(word => `delivery_${word}`),
    ...VERDICTS.map(word => `verdict_${word}`),
    ...VIEWS.map(word => `view_${word}`),
    ...SAMPLING_CODES.map(word => `explain_${word}`),
    ...RULE_KINDS.flatMap(word => [`kind_${word}`, `kind_${word}_hint`]),
  ].map(word => word.replaceAll('-', '_'));
  expect(words.filter(word => !texts[word])).toEqual([]);
});

it('explains sampling with all that its sentence speaks of', () => {
  for (const code of SAMPLING_CODES) {
    const values = Object.keys(explanation('mpl-js', code).values);
    const text = texts[`explain_${code.replaceAll('-', '_')}`]?.message ?? '';
    expect(
      [...text.matchAll(/\$\d/g)].map(([parameter]) => parameter),
      code,
    ).toEqual(values.map((_, index) => `$${index + 1}`));
  }
});

it('documents every text for its translators', () => {
  for (const [key, { message, description }] of Object.entries(texts)) {
    expect(message, key).not.toBe('');
    expect(description, key).toMatch(/^[A-Z].*\.$/s);
    for (const [parameter] of message.replaceAll('$$', '').matchAll(/\$\d/g)) {
      expect(Number(parameter.slice(1)), key).toBeLessThanOrEqual(9);
    }
  }
});

it('has both forms of every plural', () => {
  const names = (suffix: string) =>
    Object.keys(texts)
      .filter(key => key.endsWith(suffix))
      .map(key => key.slice(0, -suffix.length));
  expect(names('_one')).toEqual(names('_other').filter(name => name !== 'column'));
});

it('has no text that nobody shows', () => {
  const source = sources('src') + sources('extension') + readFileSync(resolve(root, 'manifest.json'), 'utf8');
  const named = new Set(
    [...source.matchAll(/'(\w+)'|__MSG_(\w+)__/g)].map(([, quoted, inManifest]) => quoted ?? inManifest),
  );
  const built = [...new Set([...source.matchAll(/`([a-zA-Z]+_)\$\{/g)].map(([, prefix]) => prefix ?? ''))];
  const unused = Object.keys(texts).filter(key => {
    const name = key.replace(/_(one|other)$/, '');
    if (named.has(key) || named.has(name)) return false;
    return !built.some(prefix => key.startsWith(prefix));
  });
  expect(unused).toEqual([]);
});

it('fits a store: the description has at most 132 characters', () => {
  expect(messages.description.message.length).toBeLessThanOrEqual(132);
});

describe.each(['de'])('the translation into %s', language => {
  const translated = JSON.parse(readFileSync(resolve(root, `public/_locales/${language}/messages.json`), 'utf8')) as {
    [key: string]: { message: string };
  };
  const parameters = (text = '') => [...new Set(text.replaceAll('$$', '').match(/\$\d/g))].sort();

  it('has every text', () => {
    expect(Object.keys(texts).filter(key => !translated[key]?.message)).toEqual([]);
  });

  it('has no text that is gone', () => {
    const isForm = (key: string) => /_(?:zero|two|few|many)$/.test(key) && texts[key.replace(/_[a-z]+$/, '_other')];
    expect(Object.keys(translated).filter(key => !texts[key] && !isForm(key))).toEqual([]);
  });

  it('has every parameter of each text', () => {
    const wrong = Object.entries(translated).filter(
      ([key, { message }]) => parameters(message).join() !== parameters(texts[key]?.message).join(),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it('says which language it is, and fits a store', () => {
    expect(translated['language']?.message).toBe(language);
    expect(translated['description']?.message.length).toBeLessThanOrEqual(132);
  });
});

it('has its documentation for translatewiki.net as `npm run docs` writes it', () => {
  expect(readFileSync(resolve(root, 'docs/i18n/qqq.json'), 'utf8')).toBe(qqqOf(texts));
});
