import { writeFileSync } from 'node:fs';
import type { BoundingBox, Frame, Page as Tab } from 'puppeteer-core';
import { expression } from './source.ts';
import type { Source, Surface } from './types.ts';

export type Evaluate = Surface['evaluate'];

/** Scripts go as an expression, so that a page's CSP has no say in them. */
export const evaluating =
  (frame: () => { evaluate(source: string): Promise<unknown> }): Evaluate =>
  async <T, A>(source: Source<A, T>, arg?: A) =>
    JSON.parse(String(await frame().evaluate(expression(source, arg)))) as T;

export const photograph = (tab: Tab) => async (file: string) => {
  // Without `captureBeyondViewport: false` the capture resizes the page.
  writeFileSync(file, await tab.screenshot({ captureBeyondViewport: false }));
};

/** Only our part of DevTools. A capture with a clip would now and then never end there, so the whole picture is cut. */
export const photographFrame = (devtools: Tab, frame: Frame) => async (file: string) => {
  const box = await (await frame.frameElement())?.boundingBox();
  if (!box) throw new Error('The panel is not on screen');
  const whole = await devtools.screenshot({ captureBeyondViewport: false, encoding: 'base64' });
  const cut = await evaluating(() => frame)(cropped, { whole, box });
  writeFileSync(file, Buffer.from(cut, 'base64'));
};

/** Runs in the panel: cuts a PNG (base64) to a box in CSS pixels. */
async function cropped({ whole, box }: { whole: string; box: BoundingBox }): Promise<string> {
  const picture = await createImageBitmap(
    new Blob([Uint8Array.from(atob(whole), byte => byte.charCodeAt(0))], { type: 'image/png' }),
  );
  const canvas = document.createElement('canvas');
  canvas.width = box.width * devicePixelRatio;
  canvas.height = box.height * devicePixelRatio;
  canvas.getContext('2d')?.drawImage(picture, -box.x * devicePixelRatio, -box.y * devicePixelRatio);
  return canvas.toDataURL('image/png').split(',')[1] ?? '';
}
