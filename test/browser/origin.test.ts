/** Beside each call: the stack frame that made it, and what the user had just done; asked of the engine, never of the page. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS, eventSource, openWorld, READY, tagOf, type World } from './support/world.ts';

/** Puts a script into the page that has a URL of its own, as a module of a request for this one has. */
const inModule = (source: string): string => `new Promise((resolve, reject) => {
  const script = document.createElement('script');
  script.textContent = ${JSON.stringify(source)} + '\\n//# sourceURL=' + location.origin + '/w/load.php?modules=ext.example';
  document.head.append(script);
  resolve(true);
})`;

const call = (tag: string) => `mw.eventLog.submit('wiki.page_visit', ${eventSource(`'${tag}'`)});`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 600 });
    await visit();
  });
  afterAll(() => world.close());

  async function visit(): Promise<void> {
    await world.browser.page.goto(`${world.wiki.url}wiki/Blank`);
    await world.browser.page.waitFor(READY);
  }
  async function recordOf(tag: string) {
    const records = await world.until(tag, all => all.some(({ event }) => tagOf(event) === tag));
    return records.find(({ event }) => tagOf(event) === tag);
  }

  it('names function, module and line of the caller', async () => {
    const { page } = world.browser;
    await page.evaluate(inModule(`function save() {\n${call('named')}\n}\nsave();\n${call('unnamed')}`));
    expect((await recordOf('named'))?.origin).toMatch(/^save \(ext\.example:2:\d+\)$/);
    expect((await recordOf('unnamed'))?.origin).toMatch(/^ext\.example:6:\d+$/);
  });

  it('runs nothing that the page has put around errors, and leaves all as it was', async () => {
    const { page } = world.browser;
    const ran = await page.evaluate<string[]>(`(async () => {
      const ran = [];
      const trap = (object, key, had = Object.getOwnPropertyDescriptor(object, key)) => {
        Object.defineProperty(object, key, { configurable: true, get() { ran.push(key); return had?.value; }, set() { ran.push(key); } });
        return () => had ? Object.defineProperty(object, key, had) : delete object[key];
      };
      const back = [[Error.prototype, 'name'], [Error.prototype, 'message'], [Error.prototype, 'toString'], [Object.prototype, 'name'], [Object.prototype, 'stack'], [Function.prototype, 'prepareStackTrace'],
        [Object.prototype, 'prepareStackTrace'], [Object.prototype, 'cause']].map(([object, key]) => trap(object, key));
      Object.defineProperty(Error, 'prepareStackTrace', { configurable: true, writable: true, value: () => ran.push('prepareStackTrace') });
      Error.stackTraceLimit = 0;
      const before = JSON.stringify(Object.getOwnPropertyDescriptors(Error));
      await ${inModule(`function one() { ${call('method')} }\none();`)};
      Object.defineProperty(Error, 'prepareStackTrace', { configurable: true, get() { ran.push('getter'); } });
      Object.defineProperty(Error, 'stackTraceLimit', { configurable: true, get() { ran.push('limit'); } });
      await ${inModule(`function two() { ${call('accessor')} }\ntwo();`)};
      ran.push(typeof Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit').get);
      delete Error.prepareStackTrace;
      delete Error.stackTraceLimit;
      await ${inModule(`function three() { ${call('deleted')} }\nthree();`)};
      for (const put of back) put();
      if (Object.hasOwn(Error, 'prepareStackTrace') || Object.hasOwn(Error, 'stackTraceLimit')) ran.push('left');
      window.Error = class { constructor() { ran.push('constructor'); } };
      await ${inModule(`function four() { ${call('replaced')} }\nfour();`)};
      return ran;
    })()`);
    expect(ran).toEqual(['function']);
    expect((await recordOf('method'))?.origin).toMatch(/^one \(ext\.example:1:\d+\)$/);
    expect((await recordOf('accessor'))?.origin).toMatch(/^two \(ext\.example:1:\d+\)$/);
    expect((await recordOf('deleted'))?.origin).toMatch(/^three \(ext\.example:1:\d+\)$/);
    expect((await recordOf('replaced'))?.origin).toMatch(/^four \(ext\.example:1:\d+\)$/);
  });

  it('says nothing of the caller where the page has frozen Error', async () => {
    await visit();
    await world.browser.page.evaluate(`Object.freeze(Error), (() => { ${call('frozen')} })()`);
    expect((await recordOf('frozen'))?.origin).toBeNull();
  });

  it('tells the last trusted interaction: its element, and nothing that is written in it', async () => {
    await visit();
    const { page } = world.browser;
    await page.evaluate(`(() => {
      const ran = window.ran = [];
      for (const [object, key] of [[Event.prototype, 'target'], [Event.prototype, 'timeStamp'], [Element.prototype, 'id'], [Element.prototype, 'localName']])
        Object.defineProperty(object, key, { configurable: true, get() { ran.push(key); } });
      for (const key of ['closest', 'getAttribute']) Element.prototype[key] = () => ran.push(key);
      Event.prototype.composedPath = () => ran.push('composedPath');
      const { body } = document;
      body.innerHTML = '<button id=save class="primary big wide last" style="width: 300px; height: 100px"><span>Secret text</span></button>'
        + '<div id=host style="width: 300px"></div><input id=field value=typed style="width: 300px; height: 60px">';
      host.attachShadow({ mode: 'open' }).innerHTML = '<a role=button class=inner style="display: block; height: 60px">Shadow</a>';
      addEventListener('click', event => event.stopImmediatePropagation(), true);
      save.click();
      save.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    })()`);
    await page.evaluate(call('untrusted').slice(0, -1));
    expect((await recordOf('untrusted'))?.interaction).toBeNull();
    await page.click('#save span');
    await page.evaluate(call('button').slice(0, -1));
    expect((await recordOf('button'))?.interaction).toMatch(
      /^click on button#save\.primary\.big\.wide, \d+ ms before$/,
    );
    await page.click('#host');
    await page.evaluate(call('shadow').slice(0, -1));
    expect((await recordOf('shadow'))?.interaction).toMatch(/^click on a\.inner\[role=button\], \d+ ms before$/);
    await page.click('#field');
    await page.evaluate(call('field').slice(0, -1));
    expect((await recordOf('field'))?.interaction).toMatch(/^click on input#field, \d+ ms before$/);
    expect(await page.evaluate('ran')).toEqual([]);
  });
});
