/** What `validate` prints of each line, in its three formats. */

import type { Finding, Verdict } from '../record/record.ts';
import { harmless, testCase, testSuite } from '../test-session/files/xml.ts';

export interface JudgedLine extends Verdict {
  line: number;
  stream: string | null;
  schema: string | null;
  checks: Finding[];
}

export interface Format {
  begin(): string;
  line(judged: JudgedLine): string;
  end(counts: { lines: number; invalid: number }): string;
}

const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

const shown = (value: unknown) => short(JSON.stringify(value), 60);

/** Everything that is wrong, a sentence each. */
function complaints({ errors, cause }: JudgedLine): string[] {
  const sentences = errors.map(({ at, instancePath, message, params, expected, actual }) => {
    const name = params?.['additionalProperty'] ?? params?.['missingProperty'];
    const values = [
      ...(expected === undefined || typeof expected === 'object' ? [] : [`expected ${shown(expected)}`]),
      ...(actual === undefined ? [] : [`there is ${shown(actual)}`]),
    ].join(', ');
    return `${at ?? instancePath}${name === undefined ? '' : ` (${shown(name)})`} ${message}${values === '' ? '' : ` (${values})`}`.trim();
  });
  return cause === undefined ? sentences : [...sentences, cause];
}

const ndjson: Format = {
  begin: () => '',
  line: ({ line, verdict, errors, checks, ...rest }) =>
    `${JSON.stringify({ line, verdict, errors, checks, ...rest })}\n`,
  end: () => '',
};

const WIDTHS = [7, 20, 48];
const row = (cells: readonly string[]) =>
  `${cells
    .map((cell, index) => short(harmless(cell), index < 3 ? (WIDTHS[index] ?? 0) : 300).padEnd(WIDTHS[index] ?? 0))
    .join('  ')
    .trimEnd()}\n`;

const table: Format = {
  begin: () => row(['line', 'verdict', 'stream', 'what is wrong, and what the checks found']),
  line(judged) {
    const found = judged.checks.map(({ check, path, message }) =>
      `${check}: ${path ?? ''} ${message}`.replace('  ', ' '),
    );
    const [first = '', ...more] = [...complaints(judged), ...found];
    return [
      row([String(judged.line), judged.verdict, judged.stream ?? judged.schema ?? '–', first]),
      ...more.map(text => row(['', '', '', text])),
    ].join('');
  },
  end: ({ lines, invalid }) => `${lines - invalid} of ${lines} events are valid.\n`,
};

/** Counts stand at the top of a JUnit file, so that it is written at the end. */
function junit(name: string): Format {
  const cases: string[] = [];
  return {
    begin: () => '',
    line(judged) {
      const { line, stream, schema, verdict, checks } = judged;
      const found = complaints(judged);
      cases.push(
        testCase({
          classname: schema ?? 'no schema',
          name: `line ${line}: ${stream ?? schema ?? 'no stream'}`,
          ...(verdict !== 'valid' && {
            failure: { type: verdict, message: found[0] ?? verdict, text: found.join('\n') },
          }),
          output: checks
            .map(({ check, severity, path, message }) => `${severity} ${check}: ${path ?? ''} ${message}`)
            .join('\n'),
        }),
      );
      return '';
    },
    end: ({ invalid }) => testSuite(name, cases, { failures: invalid }),
  };
}

/** @param name of the file that was read, for JUnit */
export const FORMATS: { [format: string]: (name: string) => Format } = {
  ndjson: () => ndjson,
  table: () => table,
  junit,
};
