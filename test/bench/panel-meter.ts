/** What watches the panel from within its page, for `panel.ts`. */

import type { Record } from '../../src/record/record.ts';

/** Times in milliseconds since the epoch, with fractions. */
export interface Meter {
  /** When the row of each call was on screen, by the call's tag. */
  seen: Map<string, number>;
  /** When the log had the record that was waited for. */
  logged: number;
  /** The longest task so far, in milliseconds: as the browser tells it, else the longest time between two timers. */
  task: number;
  stop(): void;
}

declare global {
  var meter: Meter;
}

/**
 * Runs in the panel's page: sets `globalThis.meter`, and watches from then on.
 * @param last the tag (`action_context`) of the one call to be watched; null for all
 */
export function startMeter(last: string | null): void {
  const page = globalThis as unknown as { inspector: { records(): readonly Record[] } };
  const records = page.inspector.records();
  const now = () => performance.timeOrigin + performance.now();
  /** Records that are not on screen yet. */
  const waiting = new Map<string, string>();
  let known = records.length;
  let running = true;
  const meter: Meter = {
    seen: new Map(),
    logged: 0,
    task: 0,
    stop: () => {
      running = false;
    },
  };

  function tagOf({ event }: Record): string | null {
    const tag = event && typeof event === 'object' && !Array.isArray(event) ? event['action_context'] : null;
    return typeof tag === 'string' ? tag : null;
  }

  function look(): void {
    for (; known < records.length; known++) {
      const record = records[known];
      const tag = record && tagOf(record);
      if (!record || !tag || (last !== null && tag !== last)) continue;
      meter.logged = now();
      waiting.set(record.id, tag);
    }
  }

  function isOnScreen(id: string): boolean {
    const box = document.querySelector(`#events [data-id="${id}"]`)?.getBoundingClientRect();
    const list = document.querySelector('#events')?.getBoundingClientRect();
    return box !== undefined && list !== undefined && box.top >= list.top - 1 && box.bottom <= list.bottom + 1;
  }

  // A message posted before a picture is drawn arrives after it.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    look();
    for (const [id, tag] of waiting) {
      if (!isOnScreen(id)) continue;
      meter.seen.set(tag, now());
      waiting.delete(id);
    }
  };
  const eachFrame = () => {
    if (!running) return;
    port2.postMessage(null);
    requestAnimationFrame(eachFrame);
  };

  const longTasks = PerformanceObserver.supportedEntryTypes.includes('longtask');
  if (longTasks) {
    new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) if (running) meter.task = Math.max(meter.task, duration);
    }).observe({ type: 'longtask' });
  }
  let before = performance.now();
  const eachTimer = () => {
    if (!running) return;
    const gap = performance.now() - before;
    before += gap;
    if (!longTasks) meter.task = Math.max(meter.task, gap);
    look();
    setTimeout(eachTimer, 4);
  };

  globalThis.meter = meter;
  eachFrame();
  eachTimer();
}
