/** What the extension asks of the user, held: a change here is a change of the promise in PRIVACY.md. */

import { describe, expect, it } from 'vitest';
import { manifestFor, type Manifest } from '../../src/cli/manifest.ts';
import common from '../../manifest.json' with { type: 'json' };

const HOSTS = [
  // Those of WikimediaDebug 3.2.0 (wikimedia/performance-WikimediaDebug, manifest.json), where https is enough.
  'https://*.mediawiki.org/*',
  'https://*.wikidata.org/*',
  'https://*.wikifunctions.org/*',
  'https://*.wikibooks.org/*',
  'https://*.wikimedia.org/*',
  'https://*.wikinews.org/*',
  'https://*.wikipedia.org/*',
  'https://*.wikiquote.org/*',
  'https://*.wikisource.org/*',
  'https://*.wikiversity.org/*',
  'https://*.wikivoyage.org/*',
  'https://*.wiktionary.org/*',
  'https://*.beta.wmflabs.org/*',
  // Beta (*.beta.wmcloud.org) is one of these.
  'https://*.wmcloud.org/*',
  // Where one develops.
  '*://localhost/*',
  '*://*.localhost/*',
  '*://127.0.0.1/*',
  '*://*.local.wmftest.net/*',
];

describe.each(['chromium', 'firefox'] as const)('the manifest for %s', browser => {
  const manifest = manifestFor(browser, common as unknown as Manifest);

  it('asks for these permissions and no others', () => {
    expect(manifest['permissions']).toEqual([
      'storage',
      'unlimitedStorage',
      'scripting',
      'alarms',
      'webRequest',
      'declarativeNetRequestWithHostAccess',
    ]);
    expect(manifest).not.toHaveProperty('optional_permissions');
  });

  it('asks for these hosts at install, and for any other only when the user grants it', () => {
    expect([...manifest.host_permissions].sort()).toEqual([...HOSTS].sort());
    expect(manifest['optional_host_permissions']).toEqual(['*://*/*']);
  });

  it('runs in pages of its hosts and nowhere else', () => {
    for (const script of manifest.content_scripts) expect(script.matches).toEqual(manifest.host_permissions);
  });

  it('runs nothing but its own code, and wasm', () => {
    expect(manifest['content_security_policy']).toEqual({
      extension_pages: "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'",
    });
  });
});

it('each browser has its own background key', () => {
  const background = (browser: 'chromium' | 'firefox') =>
    manifestFor(browser, common as unknown as Manifest)['background'];
  expect(background('chromium')).toEqual({ service_worker: 'background.js' });
  expect(background('firefox')).toEqual({ scripts: ['background.js'] });
});

it('tells Firefox that it collects nothing', () => {
  expect(manifestFor('firefox', common as unknown as Manifest)['browser_specific_settings']).toMatchObject({
    gecko: { data_collection_permissions: { required: ['none'] } },
  });
});
