/** What calls a client from within a page, for `capture.ts`. */

export interface Caller {
  /** What was made of an event last: so that making it is not left out as useless. */
  text: string;
  /** Microseconds a call, and a bare JSON.stringify of the same event, over a block of that many. */
  block(stream: string, count: number): { call: number; stringify: number };
  /** Makes calls in tasks of ten, and resolves when all has long been sent. */
  pace(count: number): Promise<void>;
}

declare global {
  var caller: Caller;
}

interface Given {
  event: object;
  /** How deep in the stack the calls are made. */
  depth: number;
}

/** Runs in the page: sets `globalThis.caller`. */
export function startCaller({ event, depth }: Given): void {
  const { eventLog } = (globalThis as unknown as { mw: { eventLog: { submit(stream: string, event: object): void } } })
    .mw;
  const text = JSON.stringify(event);
  const below = (levels: number, run: () => void): void => (levels > 1 ? below(levels - 1, run) : run());
  const each = (events: object[], run: (event: object) => void): number => {
    const began = performance.now();
    below(depth, () => {
      for (const one of events) run(one);
    });
    return ((performance.now() - began) * 1000) / events.length;
  };
  const events = (count: number) => Array.from({ length: count }, () => JSON.parse(text) as object);

  globalThis.caller = {
    text,
    block: (stream, count) => ({
      call: each(events(count), one => eventLog.submit(stream, one)),
      stringify: each(events(count), one => {
        globalThis.caller.text = JSON.stringify(one);
      }),
    }),
    pace: async count => {
      for (let done = 0; done < count; done += 10) {
        for (const one of events(10)) eventLog.submit('wiki.page_visit', one);
        await new Promise(resolve => setTimeout(resolve, 20));
      }
      await new Promise(resolve => setTimeout(resolve, 500));
    },
  };
}
