const { exposureResetEpoch } = require('./config.json');

const MINUTE = 60_000;
const resetAt = exposureResetEpoch ? exposureResetEpoch * 1000 : Date.now() - 60 * MINUTE;

/** An exposure is sent once a page, and again in the tab only after five minutes; after ten times, after a day. */
class ExposureLogTracker {
  constructor() {
    this.exposuresThisPage = new Set();
  }

  getValidSessionData(key, resetEpoch) {
    const none = { expires_at: Date.now() - 60 * MINUTE, count: 0 };
    const stored = mw.storage.session.get(key);
    if (!stored) return none;
    try {
      const entry = JSON.parse(stored);
      if (!(entry.ts < resetEpoch)) return entry;
      mw.storage.session.remove(key);
    } catch {
      // Not what was written here: as good as nothing.
    }
    return none;
  }

  addLog(key, entry) {
    const count = entry.count + 1;
    const lifetime = count <= 10 ? 5 * MINUTE : 24 * 60 * MINUTE;
    this.exposuresThisPage.add(key);
    mw.storage.session.set(key, JSON.stringify({ expires_at: Date.now() + lifetime, count }));
  }

  makeKey({ enrolled, assigned, version }) {
    return `tk_exposure.${enrolled}:${assigned}:${version ?? 'v0'}`;
  }

  trySend(key, send) {
    if (this.exposuresThisPage.has(key)) return;
    const entry = this.getValidSessionData(key, resetAt);
    this.exposuresThisPage.add(key);
    if (entry.expires_at > Date.now()) return;
    send();
    this.addLog(key, entry);
  }
}

module.exports = ExposureLogTracker;
