import type { BrowserName } from './browsers/types.ts';

/** What is read and written of a manifest; everything else goes through as it is. */
export interface Manifest {
  version: string;
  host_permissions: string[];
  content_scripts: { matches?: string[]; js: string[] }[];
  web_accessible_resources?: { resources: string[]; matches: string[]; use_dynamic_url?: boolean }[];
  [key: string]: unknown;
}

/** Firefox 142 is the first that knows `data_collection_permissions` on all of its platforms; MAIN-world scripts came with 128. */
const FIREFOX = {
  background: { scripts: ['background.js'] },
  browser_specific_settings: {
    gecko: {
      id: 'metrics-platform-inspector@wikimedia.org',
      strict_min_version: '142.0',
      data_collection_permissions: { required: ['none'] },
    },
  },
};

const CHROMIUM = {
  background: { service_worker: 'background.js' },
  minimum_chrome_version: '128',
};

/** The manifest of one browser: the common one with that browser's own keys, and content scripts on all of its hosts. */
export function manifestFor(browser: BrowserName, common: Manifest): Manifest {
  return onHosts(common.host_permissions, { ...common, ...(browser === 'firefox' ? FIREFOX : CHROMIUM) });
}

/** The same extension with one more host, of which a match pattern cannot say the port. */
export function withOrigin(manifest: Manifest, { protocol, hostname }: URL): Manifest {
  return onHosts([...manifest.host_permissions, `${protocol}//${hostname}/*`], manifest);
}

function onHosts(hosts: string[], manifest: Manifest): Manifest {
  const content_scripts = manifest.content_scripts.map(script => ({ ...script, matches: hosts }));
  return { ...manifest, host_permissions: hosts, content_scripts };
}

/** Whether a match pattern of `host_permissions` covers the address. */
export function covers(pattern: string, { protocol, hostname }: URL): boolean {
  const [, scheme = '', host = ''] = /^(\*|https?):\/\/([^/]+)\//.exec(pattern) ?? [];
  if (scheme !== '*' && `${scheme}:` !== protocol) return false;
  return host.startsWith('*.') ? `.${hostname}`.endsWith(host.slice(1)) : host === '*' || host === hostname;
}
