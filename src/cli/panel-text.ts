import type { Panel } from './browsers/types.ts';
import type { Told } from './table.ts';

/** A row as it can be read on the panel. */
export interface ShownRow extends Told {
  id: string;
}

/**
 * Reads the text of all records' rows in the panel's list of events, from the document that is on screen. The list has
 * only those rows in it that are in sight, so it is scrolled through, and left at its top.
 */
export async function readPanel(panel: Panel): Promise<ShownRow[]> {
  await panel.click('#tab-events');
  return panel.evaluate(async () => {
    const list = document.querySelector<HTMLElement>('#events');
    if (!list) throw new Error('The panel shows no list of events');
    const rows = new Map<number, ShownRow | null>();
    const all = Number(list.getAttribute('aria-rowcount'));
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    const read = (row: HTMLElement): ShownRow | null => {
      if (row.dataset['kind'] !== 'record') return null;
      const text = (selector: string) => {
        const element = row.querySelector<HTMLElement>(selector);
        return element?.checkVisibility() ? element.innerText.trim() : '';
      };
      /** The word of a closed list, in which no word has a space, and what stands beside it. */
      const state = (selector: string) => {
        const [word = '', ...more] = text(selector).split(' ');
        return { word, more: more.join(' ') };
      };
      const decision = state('.decision');
      return {
        id: row.dataset['id'] ?? '',
        call: text('.call bdi'),
        subject: text('.subject'),
        action: text('.action'),
        decision: decision.word,
        reason: row.dataset['decision'] === 'answered' ? '' : decision.more,
        delivery: text('.delivery'),
        verdict: state('.verdict').word,
      };
    };
    for (let top = 0; rows.size < all && top <= list.scrollHeight; top += Math.max(20, list.clientHeight / 2)) {
      list.scrollTop = top;
      await frame();
      await frame();
      for (const row of list.querySelectorAll<HTMLElement>('[role=row]'))
        rows.set(Number(row.getAttribute('aria-rowindex')), read(row));
    }
    list.scrollTop = 0;
    await frame();
    if (rows.size < all) throw new Error(`The panel says it has ${all} rows and shows ${rows.size}`);
    return [...rows].sort(([one], [other]) => one - other).flatMap(([, row]) => row ?? []);
  });
}
