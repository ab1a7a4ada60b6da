const DefaultEventSubmitter = require('../lib/metrics-platform/DefaultEventSubmitter.js');
const MetricsClient = require('../lib/metrics-platform/MetricsClient.js');
const Integration = require('./MediaWikiMetricsClientIntegration.js');
const Logger = require('./MediaWikiMetricsClientLogger.js');

const integration = new Integration();
const logger = new Logger();

module.exports = {
  DefaultEventSubmitter,
  newMetricsClient: (streamConfigs, eventSubmitter) =>
    new MetricsClient(integration, logger, streamConfigs, eventSubmitter),
};
