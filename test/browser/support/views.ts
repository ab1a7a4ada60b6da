import type { Panel } from '../../../src/cli/browsers/types.ts';

/** Shows a view, and waits until it is there: some are loaded first. */
export async function show(panel: Panel, view: string): Promise<void> {
  await panel.click(`#tab-${view}`);
  await panel.waitFor(
    `document.querySelector('#tab-${view}').ariaSelected === 'true' && !document.querySelector('#view > .loading')`,
  );
}

/** Source: what is wider than the window. */
export const WIDE = `[...document.querySelectorAll('#root, #root > *, #view > *')]
  .filter(e => e.getBoundingClientRect().width > innerWidth + 1 || document.documentElement.scrollWidth > innerWidth)
  .map(e => e.className)`;
