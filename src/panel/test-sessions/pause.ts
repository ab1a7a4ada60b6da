const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/**
 * Lets the panel draw, answer and take what comes, before a long job goes on. By a message, since a timer within timers
 * waits 4 ms: https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html#timers
 */
export const pause = (): Promise<void> =>
  new Promise(resolve => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
