/**
 * How long the hook takes at document_start: a copy of the extension with a stopwatch before and after it. On a second
 * host the hook has more code, on a third there is none, so that all three are measured in turn in one browser.
 */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { BrowserName } from '../../src/cli/browsers/types.ts';
import type { Manifest } from '../../src/cli/manifest.ts';
import type { PageFact } from '../../src/record/facts.ts';
import { HANDOVER, readBatch } from '../../src/wire/channel.ts';
import type { Wiki } from '../wiki/index.ts';

/** By host: the script between the two readings of the clock. */
const SCRIPTS = { localhost: 'page.js', '127.0.0.1': 'more.js', '127.0.0.2': 'none.js' } as const;
type Host = keyof typeof SCRIPTS;
const HOSTS = Object.keys(SCRIPTS) as Host[];

/** Takes the relay's place: asks for the facts of the page, and leaves them in the document. */
const EAR = `addEventListener(${JSON.stringify(HANDOVER)}, event => {
  event.preventDefault();
  event.stopImmediatePropagation();
  const [port] = event.ports;
  port.onmessage = ({ data }) => { document.documentElement.dataset.facts ??= data; };
  addEventListener('load', () => port.postMessage('listen'));
}, { capture: true, once: true });`;

const bytes = (text: string) => ({ raw: Buffer.byteLength(text), gzip: gzipSync(text, { level: 9 }).length });

/** The hook with some kB more of code, which is there but does not run, as that of a client the page does not have. */
const grown = (hook: string, more: string): string =>
  hook.replace(/^\(function\(\)\{/, start => `${start}function more(){${more}}`);

export interface Starts {
  /** Of the hook as it is, and of the one with more code. */
  bytes: { hook: { raw: number; gzip: number }; more: { raw: number; gzip: number } };
  /** Milliseconds, each page load: from before the script to after it, in a new process and in one that knows it. */
  outside: { [host in Host]: { first: number[]; again: number[] } };
  /** Milliseconds, each page load, as the hook's own `begin` fact has them. */
  own: { first: number[]; again: number[] };
}

/** @param extension folder of the unpacked extension */
export async function measureStarts(name: BrowserName, extension: string, wiki: Wiki, loads: number): Promise<Starts> {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-bench-'));
  try {
    cpSync(extension, folder, { recursive: true });
    const hook = readFileSync(join(folder, 'page.js'), 'utf8');
    const more = grown(hook, ['relay.js', 'rules.js'].map(file => readFileSync(join(folder, file), 'utf8')).join('\n'));
    if (more === hook) throw new Error('The hook does not begin as it did: nothing was added to it');
    const files = {
      'ear.js': EAR,
      'more.js': more,
      'none.js': '',
      'before.js': 'globalThis.benchBefore = performance.now();',
      'after.js': 'globalThis.benchAfter = performance.now();',
    };
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    const scripts = (host: string, js: string[], more: object = {}) => ({
      js,
      matches: [`http://${host}/*`],
      run_at: 'document_start',
      ...more,
    });
    manifest.host_permissions = HOSTS.map(host => `http://${host}/*`);
    manifest.content_scripts = HOSTS.flatMap(host => [
      scripts(host, ['ear.js']),
      scripts(host, ['before.js', SCRIPTS[host], 'after.js'], { world: 'MAIN' }),
    ]);
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    return { bytes: { hook: bytes(hook), more: bytes(more) }, ...(await load(name, folder, wiki, loads)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function load(name: BrowserName, folder: string, wiki: Wiki, loads: number): Promise<Omit<Starts, 'bytes'>> {
  const none = () => ({ first: [], again: [] });
  const outside: Starts['outside'] = { localhost: none(), '127.0.0.1': none(), '127.0.0.2': none() };
  const own: Starts['own'] = none();
  const preferences = { 'privacy.reduceTimerPrecision': false };
  const browser = await openBrowser({ browser: name, extension: folder, preferences });
  try {
    const { page } = browser;
    const look = async (host: Host, which: 'first' | 'again') => {
      await page.waitFor('document.readyState === "complete" && benchAfter > 0');
      outside[host][which].push(await page.evaluate<number>('benchAfter - benchBefore'));
      if (host !== 'localhost') return;
      const facts = readBatch(await page.waitFor('document.documentElement.dataset.facts'))?.facts ?? [];
      const begin = facts
        .map(fact => JSON.parse(fact) as PageFact)
        .find(fact => fact.kind === 'page' && fact.what === 'begin');
      own[which].push(begin?.cost ?? NaN);
    };
    for (let done = 0; done < loads; done += 1) {
      for (const host of HOSTS) {
        // From another site: the browser takes another process. The same once more: that process knows the script.
        await page.goto(`${wiki.url.replace('localhost', host)}wiki/Blank`);
        await look(host, 'first');
        await page.goto(`${wiki.url.replace('localhost', host)}wiki/Blank?again`);
        await look(host, 'again');
      }
    }
  } finally {
    await browser.close();
  }
  return { outside, own };
}
