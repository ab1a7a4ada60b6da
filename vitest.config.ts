import { defineConfig } from 'vitest/config';

const isFull = Boolean(process.env['FULL']);
const isNamed = process.argv.some(argument => argument.includes('test/browser/'));

/** What only `npm run test:full` runs, or whoever names the file: `npm test` has ten minutes for two browsers. */
const LONG = [
  'answers',
  'background-stop',
  'force',
  'force-!(rules)',
  'grant',
  'find',
  'hidden',
  'hostile',
  'late',
  'leave',
  'loader',
  'origin',
  'panel-overrides',
  'repositories',
  'rules',
  'test-sessions{,-*}',
  'transparency',
  'validator',
  'views{,-*}',
];

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node' } },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: isFull || isNamed ? [] : LONG.map(name => `test/browser/${name}.test.ts`),
          environment: 'node',
          // Files share nothing but the packed extension: each has a browser, a profile, and free ports of its own.
          maxWorkers: 2,
          testTimeout: isFull ? 1_200_000 : 120_000,
          hookTimeout: 120_000,
          retry: 0,
        },
      },
    ],
  },
});
