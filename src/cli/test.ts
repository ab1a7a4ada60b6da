import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserName } from './browsers/types.ts';
import { built } from './build.ts';
import { browserName, EXIT, messageOf, parse, ROOT, say } from './command.ts';
import { packExtension } from './package.ts';
import { ensureBrowser } from './setup.ts';
import { lintExtension } from './web-ext.ts';

const RESULTS = join(ROOT, 'test/results');

interface Step {
  name: string;
  /** Rejects or answers false where the step fails; its own output says why. */
  run(): Promise<boolean>;
}

function tool(environment: NodeJS.ProcessEnv, file: string, ...args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', file), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal) reject(new Error(`ended by ${signal}`));
      else resolve(code === 0);
    });
  });
}

const report = (project: string) => join(RESULTS, `vitest-${project}.json`);

function vitest(project: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const output = `--outputFile.json=${report(project)}`;
  return tool(
    environment,
    'vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    output,
  );
}

/** What vitest counted; nothing where it did not come so far. */
function counted(project: string): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites, numTotalTests } = JSON.parse(
      readFileSync(report(project), 'utf8'),
    ) as { numPassedTests: number; numFailedTests: number; numFailedTestSuites: number; numTotalTests: number };
    // A file that does not even load has no tests to count.
    return { passed: numPassedTests, failed: numFailedTests || (numTotalTests === 0 ? numFailedTestSuites : 0) };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/** `npm test`, `npm run test:full`: all checks; stops after the first stage in which one fails. */
export async function test(args: string[]): Promise<number> {
  const { values } = parse({
    args,
    options: { full: { type: 'boolean', default: false }, browser: { type: 'string' } },
  });
  const browsers: BrowserName[] = values.browser ? [browserName(values.browser)] : ['chromium', 'firefox'];
  const environment = {
    ...(values.full ? { FULL: '1' } : {}),
    ...(values.browser ? { BROWSER: values.browser } : {}),
  };
  mkdirSync(RESULTS, { recursive: true });
  for (const project of ['unit', 'browser']) rmSync(report(project), { force: true });

  const broken = await firstBroken([
    [[{ name: 'set-up', run: async () => (await Promise.all(browsers.map(ensureBrowser))).length > 0 }]],
    [
      [
        { name: 'package', run: async () => (await packExtension(), true) },
        { name: 'web-ext lint', run: () => lintExtension(built('firefox')) },
      ],
      [
        { name: 'types', run: () => tool({}, 'typescript/bin/tsc', '-p', 'tsconfig.json') },
        { name: 'types of cli and tests', run: () => tool({}, 'typescript/bin/tsc', '-p', 'src/cli/tsconfig.json') },
        { name: 'lint', run: () => tool({}, 'eslint/bin/eslint.js', '.', '--max-warnings', '0') },
        { name: 'format', run: () => tool({}, 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.') },
      ],
    ],
    [[{ name: 'unit tests', run: () => vitest('unit', environment) }]],
    [[{ name: 'browser tests', run: () => vitest('browser', environment) }]],
  ]);
  const counts = ['unit', 'browser'].map(counted);
  const sum = (key: 'passed' | 'failed') => counts.reduce((total, count) => total + count[key], 0);
  if (broken) say(`npm test stopped at: ${broken}.`);
  process.stdout.write(`tests: ${sum('passed')} passed, ${sum('failed')} failed\n`);
  return broken ? EXIT.failed : EXIT.ok;
}

/** Runs the stages in turn, the rows of a stage at the same time. Answers what failed in the first stage that did. */
async function firstBroken(stages: Step[][][]): Promise<string | null> {
  for (const rows of stages) {
    const broken = await Promise.all(rows.map(firstBrokenOf));
    const first = broken.find(one => one !== null);
    if (first) return first;
  }
  return null;
}

async function firstBrokenOf(steps: Step[]): Promise<string | null> {
  for (const { name, run } of steps) {
    say(`— ${name}`);
    const began = Date.now();
    try {
      if (!(await run())) return name;
    } catch (error) {
      return `${name} (${messageOf(error)})`;
    }
    say(`  ${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
  return null;
}
