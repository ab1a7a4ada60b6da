/* Cookies with the wiki's prefix; 30 days unless told otherwise, a session cookie for `expires: null`. */
const DAY = 86_400_000;

mw.cookie = {
  set(key, value, options) {
    const {
      prefix = mw.config.get('wgCookiePrefix'),
      path = '/',
      expires,
    } = options === null || typeof options !== 'object' || options instanceof Date ? { expires: options } : options;
    const until = value === null ? new Date(0) : expires === undefined ? new Date(Date.now() + 30 * DAY) : expires;
    const when = typeof until === 'number' ? new Date(Date.now() + until * 1000) : until;
    document.cookie =
      `${encodeURIComponent(prefix + key)}=${encodeURIComponent(value ?? '')}; path=${path}` +
      (when === null ? '' : `; expires=${when.toUTCString()}`);
  },
  get(key, prefix, fallback = null) {
    const name = encodeURIComponent((prefix ?? mw.config.get('wgCookiePrefix')) + key);
    for (const pair of document.cookie.split('; ')) {
      const at = pair.indexOf('=');
      if (pair.slice(0, at) === name) return decodeURIComponent(pair.slice(at + 1));
    }
    return fallback;
  },
};
