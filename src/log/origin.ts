/** Where a call came from, for a person: of the stack frame that an engine wrote, the function, the module and the line. */

const LONGEST = 300;
/** Modules that are named of a request for more. */
const NAMED = 2;

/** Function and place of Chromium's `    at name (place)` and `    at place`; names may have brackets and blanks. */
const CHROMIUM = /^\s*at (?:async )?(?:(.*?) \((eval at .*)\)|(.*) \((.*)\)|(.*))$/;
/** And of Firefox's `name@place`, where an asynchronous cause stands before a `*`. */
const FIREFOX = /^(?:[^@*]*\*)?(.*?)@(.*)$/;
const CODE = /^(.*?):(\d+):(\d+)$/s;

/**
 * What a record shows as its origin.
 * @param frame one line of a stack, as Chromium or Firefox writes it; hostile
 * @param page URL of the page, whose own scripts are named by their path
 * @returns such as `save (ext.foo:12:3)`: the module of a request for one, else the file; at most 300 characters
 */
export function originOf(frame: string, page: string): string {
  const chromium = CHROMIUM.exec(frame);
  const [name, place] = chromium
    ? [chromium[1] ?? chromium[3] ?? '', chromium[2] ?? chromium[4] ?? chromium[5] ?? '']
    : (FIREFOX.exec(frame)?.slice(1) ?? ['', frame]);
  const where = placeOf(place ?? '', page);
  const text = name ? `${name} (${where})` : where;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function placeOf(place: string, page: string): string {
  const evaluated = /^eval at .*?\((.*)\), [^,]*?:(\d+:\d+)$/.exec(place);
  if (evaluated) {
    const [, by = '', at = ''] = evaluated;
    return `eval:${at} in ${placeOf(by, page)}`;
  }
  const made = /^(.*) line (\d+) > [^>:]+:(\d+:\d+)$/.exec(place);
  if (made) {
    const [, by = '', line = '', at = ''] = made;
    return `eval:${at} in ${fileOf(by, page)}:${line}`;
  }
  const [, file, line, column] = CODE.exec(place) ?? [];
  return file === undefined ? place : `${fileOf(file, page)}:${line}:${column}`;
}

/** The module of a ResourceLoader request for one, the wiki page of a raw script, else the file's path. */
function fileOf(address: string, page: string): string {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) return address;
  const modules = modulesOf(url.searchParams.get('modules') ?? '');
  if (modules.length === 1) return modules.join();
  if (modules.length > 1) {
    const more = modules.length - NAMED;
    return `${nameOf(url)}[${modules.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}]`;
  }
  const raw = url.searchParams.get('action') === 'raw' ? url.searchParams.get('title') : null;
  if (raw) return raw;
  const own = /\/(?:extensions|skins)\/(.+)$/.exec(url.pathname)?.[1];
  if (own) return own;
  return url.origin === URL.parse(page)?.origin ? url.pathname : url.host + url.pathname;
}

const nameOf = ({ pathname }: URL): string => pathname.slice(pathname.lastIndexOf('/') + 1);

/** Unpacks `ext.a,b|ext.c.d` to ext.a, ext.b, ext.c.d (MediaWiki includes/ResourceLoader/Context.php, expandModuleNames). */
function modulesOf(packed: string): string[] {
  return packed
    .split('|')
    .filter(Boolean)
    .flatMap(group => {
      const [first = '', ...rest] = group.split(',');
      const prefix = first.slice(0, first.lastIndexOf('.') + 1);
      return [first, ...rest.map(name => prefix + name)];
    });
}
