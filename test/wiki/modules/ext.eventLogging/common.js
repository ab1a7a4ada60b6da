/* What EventLogging has had in all generations: legacy events, one in so many, storage, identifiers of its own. */
const BackgroundQueue = require('./BackgroundQueue.js');

const BUCKETS = [
  [1, '0 edits'],
  [5, '1-4 edits'],
  [100, '5-99 edits'],
  [1000, '100-999 edits'],
  [Infinity, '1000+ edits'],
];

/** Identifiers of its own, which no sampling uses: mw.user has the others. */
function identifiers(core) {
  let pageviewId = null;
  let sessionId = null;
  mw.trackSubscribe('sessionReset', () => core.id.resetSessionId());
  return {
    resetPageviewId: () => (pageviewId = null),
    resetSessionId() {
      sessionId = null;
      core.storage.unset('sessionId');
    },
    generateId: () => mw.user.generateRandomSessionId(),
    normalizeId: id => parseInt(id.slice(0, 8), 16) / 0xffffffff,
    getPageviewId: () => (pageviewId ??= core.id.generateId()),
    getSessionId() {
      sessionId ??= core.storage.get('sessionId');
      if (!sessionId) {
        sessionId = core.id.generateId();
        core.storage.set('sessionId', sessionId);
      }
      return sessionId;
    },
  };
}

/** `mw.eventLog`, without what a generation's client adds: `submit` at least, which `logEvent` looks up live. */
module.exports = function common(config, debug) {
  const core = {
    maxUrlSize: 2000,

    getRevisionOrSchemaUri: schemaName => config.schemasInfo[schemaName] || -1,

    /** The capsule of old: a string in schemasInfo is a migrated schema, a number a wiki revision. */
    prepare(schemaName, data) {
      const target = core.getRevisionOrSchemaUri(schemaName);
      const event = {
        event: data,
        schema: schemaName,
        webHost: mw.config.get('wgServerName'),
        wiki: mw.config.get('wgDBname'),
      };
      if (typeof target === 'string')
        return Object.assign(event, { $schema: target, client_dt: new Date().toISOString() });
      return Object.assign(event, { revision: target });
    },

    makeBeaconUrl: data => `${config.baseUrl}?${encodeURIComponent(JSON.stringify(data))};`,

    checkUrlSize(schemaName, url) {
      if (url.length <= core.maxUrlSize) return undefined;
      const message = 'Url exceeds maximum length';
      core.logFailure(schemaName, 'urlSize');
      mw.track('eventlogging.error', mw.format('[$1] $2', schemaName, message));
      return message;
    },

    sendBeacon(url) {
      if (!navigator.sendBeacon) {
        document.createElement('img').src = url;
        return;
      }
      try {
        navigator.sendBeacon(url);
      } catch {
        // A blocked beacon throws in some browsers; the client ignores it.
      }
    },

    enqueue: new BackgroundQueue(config.queueLingerSeconds).add,

    logEvent(schemaName, data) {
      const event = core.prepare(schemaName, data);
      const deferred = $.Deferred();
      if (event.$schema) {
        core.submit(`eventlogging_${schemaName}`, event);
        deferred.resolveWith(event, [event]);
        return deferred.promise();
      }
      const url = core.makeBeaconUrl(event);
      const tooLong = core.checkUrlSize(schemaName, url);
      if (tooLong) {
        deferred.rejectWith(event, [event, tooLong]);
      } else {
        if (config.baseUrl || debug) core.enqueue(() => core.sendBeacon(url));
        deferred.resolveWith(event, [event]);
      }
      return deferred.promise();
    },

    logFailure(schemaName, errorCode) {
      mw.track(`counter.eventlogging.client_errors.${schemaName}.${errorCode}`);
    },

    randomTokenMatch(populationSize, explicitToken) {
      const token = explicitToken || mw.user.generateRandomSessionId();
      return parseInt(token.slice(0, 8), 16) % populationSize === 0;
    },

    sessionInSample(populationSize) {
      return this.randomTokenMatch(populationSize, mw.user.sessionId());
    },

    storage: {
      get: name => mw.cookie.get(`el-${name}`),
      set: (name, value) => mw.cookie.set(`el-${name}`, value),
      unset: name => mw.cookie.set(`el-${name}`, null),
    },
  };
  core.id = identifiers(core);

  const edits = mw.config.get('wgUserEditCount');
  mw.config.set('wgUserEditCountBucket', edits === null ? null : BUCKETS.find(([below]) => edits < below)[1]);
  return core;
};
