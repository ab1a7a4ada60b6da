import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFolder } from '../../../src/cli/static-server.ts';
import { validate } from '../../../src/cli/validate.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'validate-'));
const file = (name: string, text: string) => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

interface Ran {
  code: number | null;
  out: string;
  err: string;
}

function run(args: string[], input = '', here = folder): Promise<Ran> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'validate', ...args], {
    cwd: root,
    env: { ...process.env, INIT_CWD: here },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.on('error', () => undefined).end(input);
  return new Promise(resolve => child.once('close', code => resolve({ code, out, err })));
}

const lines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map(
      line =>
        JSON.parse(line) as {
          line: number;
          verdict: string;
          errors: object[];
          checks: { check: string }[];
          cause?: string;
        },
    );

const SCHEMA = JSON.stringify({
  $id: '/my/click/1.0.0',
  title: 'my/click',
  type: 'object',
  additionalProperties: false,
  required: ['$schema', 'meta', 'action'],
  properties: {
    $schema: { type: 'string' },
    dt: { type: 'string', format: 'date-time', maxLength: 128 },
    action: { type: 'string', enum: ['a', 'b'] },
    contact: { type: 'string' },
    meta: {
      type: 'object',
      required: ['stream', 'dt'],
      properties: { stream: { type: 'string' }, dt: { type: 'string', format: 'date-time', maxLength: 128 } },
    },
  },
});
const event = (more: object = {}, stream = 'my.click') =>
  JSON.stringify({ $schema: '/my/click/1.0.0', meta: { stream }, dt: '2026-01-01T00:00:00Z', action: 'a', ...more });
const STREAMS = { 'my.click': { schema_title: 'my/click', destination_event_service: 'eventgate-analytics-external' } };
const PATIENCE = 120_000;

describe('validate', () => {
  beforeAll(() => {
    file('first/nothing/1.0.0.json', '{}');
    file('second/my/click/1.0.0.json', SCHEMA);
    file('streams.json', JSON.stringify({ streams: STREAMS }));
    file('good.ndjson', `${event()}\n\n${event({ action: 'b' })}\n`);
    file(
      'bad.ndjson',
      [event(), event({ action: 'c', 'x"<': 1 }), '{"no', event({ contact: 'a@b.example' }), event({}, 'my.typo')].join(
        '\n',
      ),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const REPOSITORIES = ['--repository', 'first', '--repository', 'second'];

  it('exits 0 where all are valid, with a line each', { timeout: PATIENCE }, async () => {
    const { code, out } = await run([...REPOSITORIES, '--stream-configs', 'streams.json', 'good.ndjson']);
    expect(lines(out)).toMatchObject([
      { line: 1, verdict: 'valid', errors: [], checks: [] },
      { line: 3, verdict: 'valid', errors: [], checks: [] },
    ]);
    expect(code).toBe(0);
  });

  it('exits 1 where not all are, and says of each what is wrong', { timeout: PATIENCE }, async () => {
    const { code, out } = await run(
      [...REPOSITORIES, '--stream-configs', 'streams.json', '-'],
      readFileSync(join(folder, 'bad.ndjson'), 'utf8'),
    );
    const judged = lines(out);
    expect(judged.map(({ line, verdict }) => [line, verdict])).toEqual([
      [1, 'valid'],
      [2, 'invalid'],
      [3, 'invalid'],
      [4, 'valid'],
      [5, 'unknown-stream'],
    ]);
    expect(judged[1]?.errors).toMatchObject([
      { keyword: 'additionalProperties', at: '/x"<' },
      { keyword: 'enum', at: '/action', expected: ['a', 'b'], actual: 'c' },
    ]);
    expect(judged[2]?.cause).toMatch(/not JSON/);
    expect(judged[3]?.checks).toMatchObject([{ check: 'email-address', path: '/contact' }]);
    expect(code).toBe(1);
  });

  it('takes events as received: fills in nothing, and knows no streams', { timeout: PATIENCE }, async () => {
    const received = `${event({ meta: { stream: 'any', dt: '2026-01-01T00:00:00Z' } })}\n${event()}\n`;
    const { code, out } = await run(
      [...REPOSITORIES, '--stream-configs', 'streams.json', '--as-received', '-'],
      received,
    );
    expect(lines(out)).toMatchObject([
      { verdict: 'valid' },
      { verdict: 'invalid', errors: [{ instancePath: '/meta', params: { missingProperty: 'dt' } }] },
    ]);
    expect(code).toBe(1);
  });

  it('reads repositories and stream configs over HTTP too', { timeout: PATIENCE }, async () => {
    const server = await serveFolder(folder);
    const { code, out } = await run([
      '--repository',
      `${server.url}second`,
      '--stream-configs',
      `${server.url}streams.json`,
      'good.ndjson',
    ]);
    server.close();
    expect(lines(out).map(({ verdict }) => verdict)).toEqual(['valid', 'valid']);
    expect(code).toBe(0);
  });

  it('prints tables for people and JUnit for machines', { timeout: PATIENCE }, async () => {
    const [table, junit] = await Promise.all([
      run([...REPOSITORIES, '--format', 'table', 'bad.ndjson']),
      run([...REPOSITORIES, '--format', 'junit', 'bad.ndjson']),
    ]);
    expect(table.out).toMatch(/^line +verdict/);
    expect(table.out).toContain('/action should be equal to one of the allowed values (there is "c")');
    expect(table.out).toContain('3 of 5 events are valid.');
    expect(junit.out).toContain('<testsuite name="bad.ndjson" tests="5" failures="2">');
    expect(junit.out).toContain('x\\&quot;&lt;');
    expect(junit.out.match(/<testcase /g)).toHaveLength(5);
    expect(junit.out.match(/<failure /g)).toHaveLength(2);
    expect([table.code, junit.code]).toEqual([1, 1]);
  });

  it('takes the records of an export', { timeout: PATIENCE }, async () => {
    const record = {
      type: 'record',
      id: 'l/1',
      time: '2026-01-01T00:00:00.000Z',
      client: 'event-logging',
      api: 'submit',
      frame: 0,
      stream: 'my.click',
      schema: '/my/click/1.0.0',
      instrument: null,
      experiment: null,
      event: JSON.parse(event({ dt: '2026-01-01T00:01:00Z' })) as object,
      reconstructed: false,
      truncated: false,
      override: null,
      decision: { state: 'accepted', reason: null, answer: null, agrees: true, sampling: null },
      delivery: { state: 'sent', url: null },
      verdict: { verdict: 'pending', errors: [] },
      page: { load: 'l', url: 'https://x.example/' },
    };
    const text = `${JSON.stringify({ type: 'header', format: 1 })}\n${JSON.stringify(record)}\n`;
    const { code, out } = await run([...REPOSITORIES, '-'], text);
    expect(lines(out)).toMatchObject([{ line: 2, verdict: 'valid', checks: [{ check: 'event-time', path: '/dt' }] }]);
    expect(code).toBe(0);
  });

  it.each([
    [[], /Usage/],
    [['a', 'b'], /Usage/],
    [['nothing.ndjson'], /nothing\.ndjson is no file/],
    [['--format', 'xml', 'good.ndjson'], /--format xml/],
    [['--format', 'toString', 'good.ndjson'], /--format toString/],
    [['--repository', 'nowhere', 'good.ndjson'], /--repository nowhere/],
    [['--stream-configs', 'good.ndjson', 'good.ndjson'], /--stream-configs good\.ndjson/],
    [['--nonsense', 'good.ndjson'], /nonsense/],
  ])('says what is wrong with its usage: %j', async (args, message) => {
    const from = process.env['INIT_CWD'];
    process.env['INIT_CWD'] = folder;
    try {
      await expect(validate(args)).rejects.toThrow(message);
      await expect(validate(args)).rejects.toMatchObject({ code: 2 });
    } finally {
      if (from === undefined) delete process.env['INIT_CWD'];
      else process.env['INIT_CWD'] = from;
    }
  });

  it('exits 2 for bad usage', { timeout: PATIENCE }, async () => {
    const { code, out, err } = await run(['nothing.ndjson']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/nothing\.ndjson is no file/);
  });
});

/** See test/unit/validation/eventgate.test.ts. */
const data = process.env['VERDICTS'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));

describe.skipIf(!existsSync(`${data}/eventgate-verdicts.ndjson.gz`))('validate and EventGate', () => {
  it('agree on 1,000 events', { timeout: PATIENCE }, async () => {
    const all = gunzipSync(readFileSync(`${data}/eventgate-verdicts.ndjson.gz`))
      .toString('utf8')
      .trim()
      .split('\n');
    const cases = all
      .map(
        line =>
          JSON.parse(line) as {
            schema: string;
            event: { $schema?: string };
            valid: boolean;
            errors: { schemaPath: string }[] | null;
          },
      )
      // Others name another schema than the one they were judged against.
      .filter(({ schema, event: { $schema } }, index) => index % 17 === 0 && $schema === schema)
      .slice(0, 1_000);
    const input = cases.map(({ event: one }) => JSON.stringify(one)).join('\n');
    const repositories = ['secondary', 'primary'].flatMap(name => ['--repository', `${data}/schemas/${name}`]);
    const { out, code } = await run(['--as-received', ...repositories, '-'], input);
    const paths = (errors: readonly object[] | null) =>
      (errors ?? []).map(error => Reflect.get(error, 'schemaPath') as string);
    expect(lines(out).map(({ verdict, errors }) => [verdict === 'valid', paths(errors)])).toEqual(
      cases.map(({ valid, errors }) => [valid, paths(errors)]),
    );
    expect(code).toBe(1);
  });
});
