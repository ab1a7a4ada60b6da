import { createReadStream, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createChecks } from '../checks/registry.ts';
import { subjectOf } from '../checks/subject.ts';
import { titleOf } from '../platform/intake.ts';
import { at, textAt } from '../platform/json.ts';
import type { Verdict } from '../record/record.ts';
import { WIKIMEDIA_BASES } from '../validation/http-repository.ts';
import { newestOfAll, inOrder } from '../validation/repositories.ts';
import type { StreamConfigs } from '../validation/types.ts';
import { createValidator } from '../validation/validator.ts';
import { EXIT, parse, say, usage } from './command.ts';
import { startEngine } from './engine.ts';
import { readLine, type EventLine } from './event-lines.ts';
import { FORMATS, type JudgedLine } from './judged-lines.ts';
import { fromHere, repositoriesOf, streamConfigsOf } from './repositories.ts';

const USAGE =
  'Usage: npm run validate -- [--repository <dir|url>]... [--stream-configs <file|url>] [--format table|ndjson|junit] [--as-received] FILE.ndjson|-';

function options(args: string[]) {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      repository: { type: 'string', multiple: true, default: [] },
      'stream-configs': { type: 'string' },
      format: { type: 'string', default: 'ndjson' },
      'as-received': { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw usage(USAGE);
  const format = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
  if (!format) throw usage(`--format ${values.format} is none: give ${Object.keys(FORMATS).join(', ')}.`);
  if (file !== '-' && !statSync(fromHere(file), { throwIfNoEntry: false })?.isFile())
    throw usage(`${file} is no file. Give a file of NDJSON, or - for standard input.`);
  return {
    file,
    format: format(file),
    repositories: values.repository.length > 0 ? values.repository : WIKIMEDIA_BASES,
    streamConfigs: values['stream-configs'],
    asReceived: values['as-received'],
  };
}

const input = (file: string): Readable => (file === '-' ? process.stdin : createReadStream(fromHere(file)));

/** Lines are split at line feeds only: events may hold other characters that readline would split at. */
async function* linesOf(stream: Readable, inOrder: boolean): AsyncGenerator<EventLine> {
  let line = 0;
  for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
    const read = readLine(text, ++line, inOrder);
    if (read) yield read;
  }
}

/** Works on this many at once, and gives the answers in the order of the questions. */
async function* inTurn<In, Out>(source: AsyncIterable<In>, work: (item: In) => Promise<Out>, atOnce: number) {
  const open: Promise<Out>[] = [];
  for await (const item of source) {
    const answer = work(item);
    // A rejection is met where it is awaited.
    answer.catch(() => undefined);
    open.push(answer);
    const [oldest] = open.length >= atOnce ? open.splice(0, 1) : [];
    if (oldest) yield await oldest;
  }
  for (const answer of open) yield await answer;
}

const AT_ONCE = 64;
/** Milliseconds between lines of progress. */
const PROGRESS = 2_000;

function write(text: string): Promise<void> | undefined {
  if (text === '' || process.stdout.write(text)) return undefined;
  return new Promise(resolve => process.stdout.once('drain', resolve));
}

const noEvent = (cause: string): Verdict => ({
  verdict: 'invalid',
  errors: [],
  fell: { step: 'body', path: null },
  cause,
});

/** `npm run validate`: the verdict and the checks over events from a file. Exits 0 where all are valid, else 1. */
export async function validate(args: string[]): Promise<number> {
  const { file, format, repositories: bases, streamConfigs, asReceived } = options(args);
  const streams: StreamConfigs = streamConfigs === undefined ? null : await streamConfigsOf(streamConfigs);
  const engine = await startEngine();
  try {
    const repositories = repositoriesOf(bases, engine.parse);
    const schemas = inOrder(repositories);
    const newest = newestOfAll(repositories);
    const validator = createValidator({ engine, repositories: [schemas], asReceived });
    const checks = createChecks();

    async function judge(read: EventLine) {
      if ('problem' in read) return { read, verdict: noEvent(read.problem), schema: null, newest: null };
      const { event } = read.record;
      const verdict = await validator.verdict(event, streams);
      const uri = textAt(event, '$schema') ?? '';
      const judged = verdict.verdict === 'valid' || verdict.verdict === 'invalid';
      const answer = judged ? await schemas.read(uri) : null;
      return {
        read,
        verdict,
        schema: answer?.found ? answer.schema : null,
        newest: judged ? await newest(titleOf(uri)) : null,
      };
    }

    let lines = 0;
    let invalid = 0;
    let told = Date.now();
    await write(format.begin());
    for await (const { read, verdict, schema, newest } of inTurn(linesOf(input(file), !asReceived), judge, AT_ONCE)) {
      const record = 'record' in read ? read.record : null;
      const stream = record?.stream ?? null;
      const config = stream === null || !streams ? null : at(streams, stream);
      const subject =
        record && subjectOf(record, { config: isObject(config) ? config : null, schema, newest, asReceived });
      const judged: JudgedLine = {
        line: read.line,
        stream,
        schema: record?.schema ?? null,
        ...verdict,
        checks: subject ? checks.of(subject) : [],
      };
      lines++;
      // A record of a question has no event, and nothing to be wrong.
      if (verdict.verdict !== 'valid' && verdict.verdict !== 'none') invalid++;
      await write(format.line(judged));
      if (Date.now() - told >= PROGRESS) {
        told = Date.now();
        say(`${lines} events, ${invalid} of them not valid …`);
      }
    }
    await write(format.end({ lines, invalid }));
    return invalid === 0 ? EXIT.ok : EXIT.failed;
  } finally {
    engine.close();
  }
}

function isObject(value: unknown): value is { [key: string]: never } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
