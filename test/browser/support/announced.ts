import type { Panel } from '../../../src/cli/browsers/types.ts';

interface Announced {
  at: number;
  region: string;
  text: string;
}

/** Begins to note what a screen reader would be told: each change of a live region that is there or comes. */
export async function listen(panel: Panel): Promise<void> {
  await panel.evaluate(() => {
    const all: { at: number; region: string; text: string }[] = [];
    const told = new Map<Element, string>();
    const live = '[role=status], [role=alert], [role=log], [aria-live=polite], [aria-live=assertive]';
    const note = (region: Element) => {
      const text = region.textContent ?? '';
      if (text === '' || told.get(region) === text) return;
      told.set(region, text);
      all.push({ at: performance.now(), region: region.className || region.id || region.tagName, text });
    };
    for (const region of document.querySelectorAll(live)) told.set(region, region.textContent ?? '');
    const observer = new MutationObserver(changes => {
      const regions = new Set<Element>();
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest(live);
        if (region) regions.add(region);
        for (const inner of element?.querySelectorAll(live) ?? []) regions.add(inner);
      }
      regions.forEach(note);
    });
    observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true });
    Object.assign(globalThis, { announced: all });
  });
}

export const announced = (panel: Panel): Promise<Announced[]> => panel.evaluate<Announced[]>('announced');
