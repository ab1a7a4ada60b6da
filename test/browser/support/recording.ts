/** What a browser test of recordings asks of a page of the extension, such as the popup. */

import type { Surface } from '../../../src/cli/browsers/types.ts';
import type { RecordingStatus } from '../../../src/recording/types.ts';
import { eventSource, READY } from './world.ts';

/** Asks the background, as the panel and the popup do. */
export const ask = (helper: Surface, request: object) =>
  helper.evaluate<RecordingStatus | null>(
    `(globalThis.browser ?? chrome).runtime.sendMessage(${JSON.stringify(request)})`,
  );

/** Runs in a page of the extension, with the recording's id and a text: whether the recording holds it by now. */
export const isKept = ([recording, text]: string[]) =>
  new Promise<boolean>((resolve, reject) => {
    const opening = indexedDB.open('recordings');
    opening.onerror = () => reject(opening.error ?? new Error('no database'));
    opening.onsuccess = () => {
      const all = opening.result.transaction('chunks').objectStore('chunks').index('recording').getAll(recording);
      all.onerror = () => reject(all.error ?? new Error('no chunks'));
      all.onsuccess = () => {
        opening.result.close();
        resolve(JSON.stringify(all.result).includes(text ?? ''));
      };
    };
  });

/** Has the page make a call with this tag as soon as its clients are ready. */
export async function submit(page: Surface, tag: string): Promise<void> {
  await page.waitFor(READY);
  await page.evaluate(`mw.eventLog.submit('wiki.page_visit', ${eventSource(`'${tag}'`)})`);
}
