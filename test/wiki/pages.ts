/** The wiki's pages. */

import { bodyClassesOf } from '../../src/platform/body-classes.ts';
import type { Json } from '../../src/platform/json.ts';
import { DATABASE, ENROLLMENTS, HEADER_ENROLLMENTS, xlabEnrollments } from './config.ts';
import { generationOf } from './generation.ts';
import { TOUR } from './tour.ts';

interface Article {
  title: string;
  html: string;
}

const link = (title: string, query = ''): string =>
  `<a href="/wiki/${title.replaceAll(' ', '_')}${query}">${title}</a>`;

const ARTICLES: Article[] = [
  {
    title: 'Main Page',
    html: `<p>A small wiki that sends events of its own: to see what a page meant to send, and what became of it.</p>
<ul>
<li>${link('Tour', '?mpo=wiki-palette:blue')}: one call after the other, sent and dropped, as a page makes them. With buttons.</li>
<li>${link('Application')}: changes its address without loading a page.</li>
<li>${link('Frames')}: a page within a page, with clients of its own.</li>
<li>${link('Dialog')}: an instrument of a dialog; <code>?broken=missing-action</code>, <code>wrong-type</code>,
<code>duplicate</code>, <code>wrong-order</code> or <code>before-consent</code> is a build of it that has this fault.</li>
<li>${link('Blank')}: loads the clients, calls nothing.</li>
</ul>
<p>In the address: <code>?linger=1</code> (seconds in the queue), <code>?session=80000000c0ffee00c0ff</code> (the session's
identifier), <code>?mpo=experiment:group</code>, <code>?pagehide=10</code> (calls while the page is left), <code>?hasty=0</code>
(the intake validates before it answers), <code>?streams=0</code>, <code>?intake=0</code>, <code>?user=Name</code>,
<code>?mobile=1</code>,
<code>?generation=1.39</code>, <code>1.45</code> or <code>standalone</code> (older clients, or the one without
MediaWiki, with <code>?configs=delay</code> or <code>fail</code>), <code>?clients=0</code> (none is loaded), <code>?early=1</code>
(a tracked event before any is).</p>`,
  },
  { title: 'Blank', html: '<p>Nothing is called here.</p>' },
  {
    title: 'Tour',
    html: `<p>Each button makes one call. The page has made all of them already, in this order, as it loaded.</p>
<ol class="tour">${TOUR.map(({ id, label }) => `<li><button data-step="${id}">${label}</button> <output></output></li>`).join('\n')}</ol>`,
  },
  {
    title: 'Application',
    html: `<p>Each button pushes another address and sends <code>page_visit</code> from there.</p>
<p><button data-view="one">One</button> <button data-view="two">Two</button> <output id="view"></output></p>`,
  },
  {
    title: 'Frames',
    html: '<p>The frame below is a page load of its own.</p><iframe src="/frame" title="A page within the page"></iframe>',
  },
  {
    title: 'Dialog',
    html: `<p>To be pressed in this order; each sends events of the dialog’s instrument.</p>
<p>${['consent', 'open', 'choose', 'save'].map(act => `<button data-act="${act}">${act}</button>`).join(' ')}</p>`,
  },
];

export const STYLE = `
body { font: 16px/1.5 Georgia, serif; color: #202122; background: #f6f6f6; margin: 0; }
header { padding: .75rem 1.5rem; background: #fff; border-bottom: 1px solid #a2a9b1; font-family: system-ui, sans-serif; }
header a { margin-right: 1rem; }
main { max-width: 50rem; margin: 1.5rem auto; padding: 1rem 1.5rem; background: #fff; border: 1px solid #a2a9b1; }
h1 { font-weight: normal; border-bottom: 1px solid #a2a9b1; margin: 0 0 1rem; }
a { color: #36c; text-decoration: none; }
a:hover { text-decoration: underline; }
button { font: 14px system-ui, sans-serif; padding: .3rem .75rem; margin: .15rem 0; border: 1px solid #a2a9b1; border-radius: 2px; background: #f8f9fa; }
button:hover { background: #fff; }
output { font: 14px system-ui, sans-serif; color: #54595d; }
iframe { width: 100%; height: 12rem; border: 1px solid #a2a9b1; }
code { white-space: nowrap; background: #f8f9fa; border: 1px solid #eaecf0; padding: 0 .25rem; }
`;

const escape = (text: string): string => text.replace(/[&<>"]/g, one => `&#${one.charCodeAt(0)};`);
/** JSON that can stand in a script element. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** The experiments of the generation, as its server tells them to the page. */
function enrollments(
  url: URL,
  cookies: string,
): { wgTestKitchenUserExperiments?: Json; wgMetricsPlatformUserExperiments?: Json } {
  const generation = generationOf(url.searchParams);
  if (generation === 'newest') return { wgTestKitchenUserExperiments: ENROLLMENTS };
  if (generation !== '1.45') return {};
  const cookie = new RegExp(`(?:^|; )${DATABASE}mpo=([^;]*)`).exec(cookies)?.[1] ?? '';
  const overrides = [decode(cookie), url.searchParams.get('mpo') ?? ''].filter(Boolean);
  return { wgMetricsPlatformUserExperiments: xlabEnrollments(...overrides) };
}

/** What the server marks the body with: the skin's, and the groups that it assigned. */
function bodyClasses(url: URL, cookies: string): string {
  const { wgTestKitchenUserExperiments, wgMetricsPlatformUserExperiments } = enrollments(url, cookies);
  const [server, generation] = wgTestKitchenUserExperiments
    ? ([wgTestKitchenUserExperiments, 'test-kitchen'] as const)
    : ([wgMetricsPlatformUserExperiments, 'xlab'] as const);
  return ['mediawiki', 'ltr', ...bodyClassesOf(server, [], generation).expected].join(' ');
}

const VERSIONS = { '1.39': '1.39.0', '1.45': '1.45.0', newest: '1.47.0-alpha', standalone: '' };

function configuration(url: URL, title: string, host: string, cookies: string) {
  const user = url.searchParams.get('user');
  return {
    wgServerName: host.replace(/:\d+$/, ''),
    wgServer: `//${host}`,
    wgDBname: DATABASE,
    wgCookiePrefix: DATABASE,
    wgScriptPath: '/w',
    wgArticlePath: '/wiki/$1',
    wgVersion: VERSIONS[generationOf(url.searchParams)],
    skin: url.searchParams.get('skin') ?? 'vector-2022',
    wgMFMode: url.searchParams.get('mobile') === '1' ? 'stable' : null,
    debug: 0,
    wgPageName: title.replaceAll(' ', '_'),
    wgTitle: title,
    wgArticleId: 1 + ARTICLES.findIndex(article => article.title === title),
    wgRevisionId: 101 + ARTICLES.findIndex(article => article.title === title),
    wgNamespaceNumber: 0,
    wgCanonicalNamespace: '',
    wgPageContentLanguage: 'en',
    wgContentLanguage: 'en',
    wgIsRedirect: false,
    wgIsProbablyEditable: true,
    wgRestrictionEdit: [],
    wgRestrictionMove: [],
    wgUserName: user,
    wgUserId: user === null ? 0 : 7,
    wgUserGroups: user === null ? ['*'] : ['*', 'user', 'autoconfirmed'],
    wgUserIsTemp: false,
    wgUserLanguage: 'en',
    wgUserVariant: 'en',
    wgUserEditCount: user === null ? null : 42,
    wgUserRegistration: user === null ? null : Date.UTC(2020, 0, 2),
    ...enrollments(url, cookies),
  };
}

/** As an inline script of a page may do it, before any client is there. */
const EARLY_TRACK =
  "<script>(RLQ = window.RLQ || []).push(() => mw.track('event.Test', { OtherMessage: 'early' }));</script>";

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const titleOf = (path: string): string => decode(path.slice('/wiki/'.length).replaceAll('_', ' '));

/** `?submit=a,b&tag=x`: the first events of a page without MediaWiki, one a stream. */
const submitted = ({ searchParams }: URL) =>
  (searchParams.get('submit')?.split(',') ?? []).map(stream => ({
    stream,
    event: {
      $schema: '/analytics/product_metrics/web/base/1.3.0',
      action: 'page_visit',
      action_context: searchParams.get('tag'),
      agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' },
    },
  }));

/** A page without MediaWiki: its client asks the wiki for the stream configs, `?configs=` of the page with it. */
function standalonePage(url: URL, host: string): string {
  // A browser lets a request wait for another of the same address that has no answer yet: so the whole query, which differs.
  const origin = `http://${host}/${url.search}`;
  const intake = `http://${host}/v1/events${url.searchParams.get('hasty') === '0' ? '' : '?hasty=true'}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Standalone - Embedded wiki</title>
<script src="/w/standalone.js"></script>
<script>window.metricsClient = createMetricsClient(${inScript(origin)}, ${inScript(intake)}); ${inScript(submitted(url))}.forEach(({ stream, event }) => metricsClient.submit(stream, event)); document.documentElement.dataset.clients = 'ready';</script>
</head>
<body><main><h1>Standalone</h1><p>No MediaWiki: only the standalone client, as <code>metricsClient</code>.</p></main></body>
</html>
`;
}

/**
 * A page of the wiki, or the page within a page at `/frame`.
 * @param host the request's Host header, which the page takes for its server's name
 * @param cookies its Cookie header
 */
export function page(
  url: URL,
  host: string,
  cookies = '',
): { status: number; headers: { [name: string]: string }; html: string } {
  const framed = url.pathname === '/frame';
  const title = framed ? 'Blank' : titleOf(url.pathname);
  const article = ARTICLES.find(one => one.title === title);
  const headers: { [name: string]: string } = {
    'cache-control': 'private, must-revalidate, max-age=0',
    'server-timing': `cache;desc="pass", WMF-Uniq;desc="${Object.entries(HEADER_ENROLLMENTS)
      .map(([name, group]) => `${name}=${group};`)
      .join('')}"`,
  };
  const session = url.searchParams.get('session');
  if (session !== null) headers['set-cookie'] = `${DATABASE}mwuser-sessionId=${encodeURIComponent(session)}; path=/`;

  if (generationOf(url.searchParams) === 'standalone') return { status: 200, headers, html: standalonePage(url, host) };

  const asks = (name: string, value: string) => url.searchParams.get(name) === value;
  const asked = new URLSearchParams(url.searchParams);
  asked.set('modules', 'startup');
  const navigation = ARTICLES.map(one => link(one.title)).join(' ');
  const html = `<!DOCTYPE html>
<html lang="en" class="client-nojs">
<head>
<meta charset="utf-8">
<title>${escape(title)} - Embedded wiki</title>
<script>document.documentElement.className = 'client-js'; RLCONF = ${inScript(configuration(url, title, host, cookies))}; RLPAGEMODULES = ${inScript(asks('clients', '0') ? [] : ['wiki.page'])};</script>
${asks('early', '1') ? EARLY_TRACK : ''}
<script async src="/w/load.php?${escape(String(asked))}"></script>
<link rel="stylesheet" href="/w/style.css">
</head>
<body class="${escape(bodyClasses(url, cookies))}">
${framed ? '' : `<header>${navigation}</header>`}
<main><h1>${escape(title)}</h1>
${article?.html ?? '<p>There is no page of this name.</p>'}
</main>
</body>
</html>
`;
  return { status: article ? 200 : 404, headers, html };
}
