/* What the client asks of MediaWiki; in this generation the sending as well. */
const readAttributes = require('./attributes.js');

let attributes = null;

function MediaWikiMetricsClientIntegration(eventLog, config, debug) {
  this.eventLog = eventLog;
  this.eventLogConfig = config;
  this.debug = debug;
}

MediaWikiMetricsClientIntegration.prototype.enqueueEvent = function (event) {
  const url = this.eventLogConfig.serviceUri;
  if (!url) return;
  this.eventLog.enqueue(() => {
    try {
      navigator.sendBeacon(url, JSON.stringify(event));
    } catch {
      // A blocked beacon throws in some browsers; the client ignores it.
    }
  });
};

MediaWikiMetricsClientIntegration.prototype.onSubmit = function (streamName, eventData) {
  if (this.debug) mw.track('eventlogging.eventSubmitDebug', { streamName, eventData });
};

MediaWikiMetricsClientIntegration.prototype.logWarning = message => mw.log.warn(message);
MediaWikiMetricsClientIntegration.prototype.getHostname = () => String(mw.config.get('wgServerName'));
MediaWikiMetricsClientIntegration.prototype.clone = value => $.extend(true, {}, value);
MediaWikiMetricsClientIntegration.prototype.getContextAttributes = () => (attributes ??= readAttributes());
MediaWikiMetricsClientIntegration.prototype.getPageviewId = () => mw.user.getPageviewToken();
MediaWikiMetricsClientIntegration.prototype.getSessionId = () => mw.user.sessionId();

module.exports = MediaWikiMetricsClientIntegration;
