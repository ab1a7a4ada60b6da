const readAttributes = require('./attributes.js');

let attributes = null;

function MediaWikiMetricsClientIntegration() {}

MediaWikiMetricsClientIntegration.prototype.getHostname = () => String(mw.config.get('wgServerName'));
MediaWikiMetricsClientIntegration.prototype.clone = value => $.extend(true, {}, value);
MediaWikiMetricsClientIntegration.prototype.getContextAttributes = () => (attributes ??= readAttributes());

module.exports = MediaWikiMetricsClientIntegration;
