/** Who made a call: the first frame of the stack that is not ours, taken without running any code of the page. */

import { create, exec, indexOf, instead, quietly, slice } from './natives.ts';

const NativeError = Error;
const { captureStackTrace } = NativeError as unknown as {
  captureStackTrace(holder: object, above: object): void;
};

/** Some of ours come first. Each frame costs: more are asked for only where the page's is not among the first. */
const FEW = 8;
const MANY = 24;
const LONGEST = 500;

/** Frames that say where; not the first line of Chromium's stacks, nor functions of the engine. */
const PLACE = /:\d+:\d+\)?$/;
/** The script of a frame with a function's name. */
const SCRIPT = /[(@](.*?):\d+:\d+\)?$/;

/** This script, as the engine writes it: its URL in Chromium, `<anonymous code>` in Firefox. */
let ours: string | undefined;

/** The first frame that is not ours, of so many that have called `above`. */
function frameAbove(above: object, frames: number): string | undefined {
  // Without a prototype, since an Error's text would begin with what the page says is its name.
  const holder = create(null) as { stack: string };
  // Own ones, because V8 looks for both along the prototype chain: https://v8.dev/docs/stack-trace-api
  instead(NativeError, 'stackTraceLimit', frames, () =>
    instead(NativeError, 'prepareStackTrace', undefined, () => {
      captureStackTrace(holder, above);
      return holder.stack;
    }),
  );
  const { stack } = holder;
  for (let from = 0, to = 0; to >= 0; from = to + 1) {
    to = indexOf(stack, '\n', from);
    const frame = slice(stack, from, to < 0 ? undefined : to);
    if (!exec(PLACE, frame)) continue;
    ours ??= exec(SCRIPT, frame)?.[1] ?? frame;
    if (indexOf(frame, ours) < 0) return frame;
  }
  return undefined;
}

/**
 * The frame that called the client, one line as the engine writes it, at most 500 characters (its middle left out).
 * Undefined where there is none, and where the page has frozen `Error`. `above`: a function of ours that is under way,
 * whose own frame and those below it are not asked for.
 */
export const callerFrame = (above: object): string | undefined =>
  quietly(() => {
    const frame = frameAbove(above, FEW) ?? frameAbove(above, MANY);
    return frame && frame.length > LONGEST ? `${slice(frame, 0, LONGEST / 2)}…${slice(frame, 1 - LONGEST / 2)}` : frame;
  });
