import { spawn } from 'node:child_process';

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command as `npm run` does. */
export function run(command: string, ...args: string[]): Promise<Outcome> {
  const child = spawn(process.execPath, ['src/cli/run.mjs', command, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const outcome: Outcome = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', data => (outcome.stdout += data));
  child.stderr.on('data', data => (outcome.stderr += data));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ ...outcome, code }));
  });
}
