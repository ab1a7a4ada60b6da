import { describe, expect, it } from 'vitest';
import { createDraft } from '../../../src/validation/draft.ts';
import { createFilesRepository, filesOf, type Files } from '../../../src/validation/files-repository.ts';
import { newestOfAll } from '../../../src/validation/repositories.ts';
import { parseSchema } from '../../../src/validation/schema-text.ts';
import type { Repository } from '../../../src/validation/types.ts';
import { compareVersions, newestOf } from '../../../src/validation/versions.ts';

const parse = async (text: string) => parseSchema(text);
const repository = (texts: { [path: string]: string }, others: Repository[] = []) =>
  createFilesRepository('my folder', filesOf(texts), { parse, others });

const CURRENT = `
title: my/click
$id: /my/click/1.1.0
allOf:
  - $ref: /fragment/common/1.0.0#
  - properties: { action: { type: string } }
`;
const COMMON = '{"title":"fragment/common","properties":{"dt":{"type":"string"}}}';

describe('a folder of schemas', () => {
  it.each(['my/click/1.0.0', 'my/click/1.0.0.yaml', 'my/click/1.0.0.json', 'jsonschema/my/click/1.0.0.yaml'])(
    'has a schema at %s',
    async path => {
      const answer = await repository({ [path]: '{"title":"my/click"}' }).read('/my/click/1.0.0');
      expect(answer).toEqual({ found: true, schema: { title: 'my/click' }, repository: 'my folder' });
    },
  );

  it('materializes current.yaml for the version that it is to become', async () => {
    const draft = repository({
      'jsonschema/my/click/current.yaml': CURRENT,
      'jsonschema/my/click/1.0.0.yaml': 'title: old',
      'jsonschema/fragment/common/1.0.0.yaml': COMMON,
    });
    const expected = {
      title: 'my/click',
      $id: '/my/click/1.1.0',
      properties: { dt: { type: 'string' }, action: { type: 'string' } },
    };
    expect(await draft.read('/my/click/1.1.0')).toMatchObject({ found: true, schema: expected });
    expect(await draft.read('/my/click/current')).toMatchObject({ found: true, schema: expected });
    expect(await draft.read('/my/click/1.0.0')).toMatchObject({ found: true, schema: { title: 'old' } });
    expect(await draft.read('/my/click/latest')).toMatchObject({ found: true, schema: { title: 'old' } });
    expect(await draft.read('/my/click/1.2.0')).toMatchObject({
      found: false,
      reason: 'not-found',
      message: expect.stringMatching(/current\.yaml is "\/my\/click\/1\.1\.0"/),
    });
  });

  it('looks for fragments in the other repositories', async () => {
    const primary = repository({ 'fragment/common/1.0.0.json': COMMON });
    const draft = repository({ 'my/click/current.yaml': CURRENT }, [primary]);
    expect(await draft.read('/my/click/1.1.0')).toMatchObject({ found: true });
    expect(await repository({ 'my/click/current.yaml': CURRENT }).read('/my/click/1.1.0')).toMatchObject({
      found: false,
      reason: 'not-yaml',
      message: expect.stringMatching(/does not materialize.*fragment\/common.*Add the repository/),
    });
  });

  it('says why not', async () => {
    expect(await repository({}).read('/a/1.0.0')).toMatchObject({ reason: 'not-found' });
    expect(await repository({ 'a/1.0.0': '<html>' }).read('/a/1.0.0')).toMatchObject({ reason: 'not-yaml' });
    expect(await repository({}).read('/../etc/1.0.0')).toMatchObject({ reason: 'refused' });
    const locked: Files = { read: () => Promise.reject(new Error('may not be read')), list: async () => [] };
    expect(await createFilesRepository('x', locked, { parse }).read('/a/1.0.0')).toMatchObject({
      reason: 'unavailable',
      message: 'may not be read',
    });
    expect(await repository({ constructor: 'x' }).read('/toString/1.0.0')).toMatchObject({ reason: 'not-found' });
  });

  it('knows its newest version', async () => {
    const one = repository({ 'a/1.10.0.yaml': '', 'a/1.9.0.yaml': '', 'a/current.yaml': '', 'a/b/9.0.0': '' });
    expect(await one.newest('a')).toBe('1.10.0');
    expect(await one.newest('c')).toBeNull();
    const latest: Repository = {
      name: 'http',
      read: async uri => ({ found: true, schema: { $id: uri.replace('latest', '3.0.0') }, repository: 'http' }),
    };
    expect(await newestOfAll([one, latest])('a')).toBe('1.10.0');
    expect(await newestOfAll([one, latest])('c')).toBe('3.0.0');
  });
});

describe('versions', () => {
  it('are compared by numbers', () => {
    expect(compareVersions('1.2.10', '1.2.9')).toBeGreaterThan(0);
    expect(compareVersions('0.9.9', '1.0.0')).toBeLessThan(0);
    expect(compareVersions('latest', '1.0.0')).toBe(0);
    expect(newestOf(['1.0.0', 'latest', '0.20.0'])).toBe('1.0.0');
    expect(newestOf([])).toBeNull();
  });
});

it('does not follow $refs in a circle through several drafts', async () => {
  const draft = (name: string, other: string) =>
    JSON.stringify({ $id: `/my/${name}/1.0.0`, title: `my/${name}`, allOf: [{ $ref: `/my/${other}/1.0.0#` }] });
  const circle = repository({ 'my/a/current.yaml': draft('a', 'b'), 'my/b/current.yaml': draft('b', 'a') });
  expect(await circle.read('/my/a/1.0.0')).toMatchObject({
    found: false,
    message: expect.stringContaining('leads back to itself'),
  });
});

describe('a pasted draft', () => {
  const primary = repository({ 'fragment/common/1.0.0.json': COMMON });
  it('answers its URI only', async () => {
    const draft = createDraft(CURRENT, { uri: '/my/click/1.1.0' }, { parse, others: [primary] });
    expect(await draft.read('/my/click/1.1.0')).toMatchObject({ found: true, schema: { title: 'my/click' } });
    expect(await draft.read('/my/click/1.0.0')).toMatchObject({ found: false, reason: 'not-found' });
  });

  it('answers whatever the events of its stream name', async () => {
    const draft = createDraft(CURRENT, { stream: 'my.click' }, { parse, others: [primary] });
    expect(draft.stream).toBe('my.click');
    expect(await draft.read('/any/9.9.9')).toMatchObject({ found: true });
  });

  it('tries again what failed', async () => {
    const others: Repository[] = [];
    const draft = createDraft(CURRENT, { stream: 's' }, { parse, others });
    expect(await draft.read('/a/1.0.0')).toMatchObject({ found: false, reason: 'not-yaml' });
    others.push(primary);
    expect(await draft.read('/a/1.0.0')).toMatchObject({ found: true });
    expect(await createDraft('<html>', { stream: 's' }, { parse, others }).read('/a/1.0.0')).toMatchObject({
      message: expect.stringMatching(/neither YAML nor JSON/),
    });
  });

  it('is bound to nothing else', () => {
    expect(() => createDraft('', { uri: '/../x' }, { parse, others: [] })).toThrow(TypeError);
  });
});
