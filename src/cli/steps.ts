/** A script for a page, in the steps of a plan. */

export interface ScriptStep {
  /** Null before the first one. */
  step: string | null;
  source: string;
}

const BEGIN = /^[ \t]*\/\/[ \t]*step:[ \t]*(.+?)[ \t]*$/;

/** Cuts a script at its lines `// step: <name>`. Each part runs by itself, so that a page may be left in between. */
export function stepsOf(script: string): ScriptStep[] {
  const steps: { step: string | null; lines: string[] }[] = [{ step: null, lines: [] }];
  for (const line of script.split('\n')) {
    const [, step] = BEGIN.exec(line) ?? [];
    if (step === undefined) steps.at(-1)?.lines.push(line);
    else steps.push({ step, lines: [] });
  }
  return steps
    .map(({ step, lines }) => ({ step, source: lines.join('\n') }))
    .filter(({ step, source }) => step !== null || source.trim() !== '');
}
