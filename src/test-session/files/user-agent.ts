/** What a user agent is good for in a report: which browser, which version, on what; no more. */

const BROWSERS: [name: string, pattern: RegExp][] = [
  ['WikipediaApp', /WikipediaApp\/([\w.]+)/],
  ['Edge', /Edg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chromium', /(?:HeadlessChrome|Chrome|Chromium|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+)[\d.]* .*Safari\//],
];
const SYSTEMS: [name: string, pattern: RegExp][] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iOS/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X|Macintosh/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux|X11/],
];

/** `Firefox 153, Linux`; what is shorter already stays as it is. */
export function shortUserAgent(text: string): string {
  for (const [name, pattern] of BROWSERS) {
    const [, version] = pattern.exec(text) ?? [];
    if (version === undefined) continue;
    const [system] = SYSTEMS.find(([, known]) => known.test(text)) ?? [];
    return `${name} ${version}${system === undefined ? '' : `, ${system}`}`;
  }
  return text.length <= 40 ? text : 'Unknown browser';
}
