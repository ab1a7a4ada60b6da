function MediaWikiMetricsClientLogger() {}

/** Mute since March 2026 (T419481): a dropped event leaves no trace on the console. */
MediaWikiMetricsClientLogger.prototype.logWarning = function () {};

module.exports = MediaWikiMetricsClientLogger;
