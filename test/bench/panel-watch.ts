/** Watches how the main thread of the panel's page fares, from within, for `panel-scale.ts`. */

/** Times in milliseconds. */
export interface Watch {
  /** Of each frame in which something was done: from its first event or callback until it was drawn. */
  frames: number[];
  /** Tasks longer than 50 ms; where the browser does not tell, times between two timers that are. */
  tasks: number[];
  stop(): void;
}

/** What a key stroke set off. */
export interface Stroke {
  /** Milliseconds from the key to the picture that shows what is found; null while it is not there. */
  took: number | null;
}

declare global {
  var watch: Watch;
  var stroke: Stroke;
}

/** Runs in the panel's page: sets `globalThis.watch`. */
export function startWatch(): void {
  const LONG = 50;
  let running = true;
  const watch: Watch = {
    frames: [],
    tasks: [],
    stop: () => {
      running = false;
    },
  };

  /** A message posted before a picture is drawn arrives after it. */
  const { port1, port2 } = new MessageChannel();
  let began: number | null = null;
  port1.onmessage = () => {
    if (began !== null && running) watch.frames.push(performance.now() - began);
    began = null;
  };
  const begin = () => (began ??= performance.now());
  // Scrolling is told before the callbacks of a frame. The wheel is told at any time: from there on one would wait.
  addEventListener('scroll', begin, { capture: true, passive: true });
  const eachFrame = () => {
    if (!running) return;
    begin();
    port2.postMessage(null);
    requestAnimationFrame(eachFrame);
  };
  requestAnimationFrame(eachFrame);

  if (PerformanceObserver.supportedEntryTypes.includes('longtask')) {
    new PerformanceObserver(list => {
      if (running) watch.tasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
  } else {
    let before = performance.now();
    const eachTimer = () => {
      if (!running) return;
      const now = performance.now();
      if (now - before > LONG) watch.tasks.push(now - before);
      before = now;
      setTimeout(eachTimer, 4);
    };
    setTimeout(eachTimer, 4);
  }
  globalThis.watch = watch;
}

/** Runs in the panel's page: waits for the next key in the field; `globalThis.stroke` then says how long its answer took. */
export function awaitStroke(): void {
  const stroke: Stroke = { took: null };
  globalThis.stroke = stroke;
  const { port1, port2 } = new MessageChannel();
  const isDone = () => document.querySelector('#events')?.ariaBusy !== 'true';
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      port1.onmessage = () => {
        if (isDone()) stroke.took = performance.now() - timeStamp;
        else next();
      };
      const next = () => requestAnimationFrame(() => port2.postMessage(null));
      // The key's own work comes first.
      addEventListener('input', next, { once: true });
    },
    { once: true, capture: true },
  );
}
