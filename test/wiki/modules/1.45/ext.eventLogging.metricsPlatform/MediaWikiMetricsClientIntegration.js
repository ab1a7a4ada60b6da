const readAttributes = require('./attributes.js');

let attributes = null;

function MediaWikiMetricsClientIntegration() {}

MediaWikiMetricsClientIntegration.prototype.logWarning = message => mw.log.warn(message);
MediaWikiMetricsClientIntegration.prototype.getHostname = () => String(mw.config.get('wgServerName'));
MediaWikiMetricsClientIntegration.prototype.clone = value => $.extend(true, {}, value);
MediaWikiMetricsClientIntegration.prototype.getContextAttributes = () => {
  if (attributes) return attributes;
  attributes = readAttributes();
  Object.defineProperty(attributes.performer, 'active_browsing_session_token', {
    get: () => mw.eventLog.id.getSessionId(),
  });
  return attributes;
};
MediaWikiMetricsClientIntegration.prototype.getPageviewId = () => mw.user.getPageviewToken();
MediaWikiMetricsClientIntegration.prototype.getSessionId = () => mw.user.sessionId();

module.exports = MediaWikiMetricsClientIntegration;
