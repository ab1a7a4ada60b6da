/** The longest that a picture waits, in milliseconds. */
const LONGEST_WAIT = 100;

/** When the last picture was drawn, and how long that took with style and layout, in milliseconds. */
let drawn = 0;
let cost = 0;

/** A message posted before a picture is drawn arrives after it. */
const after = new MessageChannel();
let began = 0;
after.port1.onmessage = () => {
  drawn = performance.now();
  cost = drawn - began;
};

function draw(run: () => void): void {
  requestAnimationFrame(() => {
    began = performance.now();
    after.port2.postMessage(null);
    run();
  });
}

/**
 * Runs before the next picture; soon, where the panel is hidden and no picture is drawn: its log goes on all the same.
 * @param rest so many times as long as the last picture took is left to the log, and to the page that shares the machine
 */
export function frame(run: () => void, rest = 1): void {
  const wait = drawn + Math.min(rest * cost, LONGEST_WAIT) - performance.now();
  if (document.visibilityState !== 'visible') later(run, 50);
  else if (wait > 0) later(() => draw(run), wait);
  else draw(run);
}

/** What is to run as soon as the browser is back: a timer of 0 ms takes 4 ms where one sets the next. */
const soon = new MessageChannel();
const waiting: (() => void)[] = [];
soon.port1.onmessage = () => waiting.shift()?.();

export function later(run: () => void, milliseconds: number): void {
  if (milliseconds > 0) setTimeout(run, milliseconds);
  else {
    waiting.push(run);
    soon.port2.postMessage(null);
  }
}
