/* Who is reading, and the two identifiers that sampling uses. */
const TOKEN = /^[0-9a-f]{20}$/;
let session;
let pageview;

mw.user = {
  options: new mw.Map(),
  tokens: new mw.Map(),
  generateRandomSessionId() {
    const numbers = crypto.getRandomValues(new Uint16Array(5));
    return Array.from(numbers, number => number.toString(16).padStart(4, '0')).join('');
  },
  getPageviewToken() {
    return (pageview ??= mw.user.generateRandomSessionId());
  },
  sessionId() {
    if (session) return session;
    session = mw.cookie.get('mwuser-sessionId');
    if (!session || !TOKEN.test(session)) {
      session = mw.user.generateRandomSessionId();
      mw.cookie.set('mwuser-sessionId', session, { expires: null });
    }
    return session;
  },
  getId: () => mw.config.get('wgUserId', 0),
  getName: () => mw.config.get('wgUserName'),
  isAnon: () => mw.user.getName() === null,
  isTemp: () => mw.config.get('wgUserIsTemp', false),
  isNamed: () => !mw.user.isAnon() && !mw.user.isTemp(),
};
