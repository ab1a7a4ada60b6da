const ContextController = require('./ContextController.js');
const DefaultEventSubmitter = require('./DefaultEventSubmitter.js');
const SamplingController = require('./SamplingController.js');
const { addRequiredMetadata, configOf, getStreamConfig, submit } = require('./steps.js');

function MetricsClient(integration, logger, streamConfigs, eventSubmitter) {
  this.contextController = new ContextController(integration);
  this.samplingController = new SamplingController(integration);
  this.integration = integration;
  this.logger = logger;
  this.streamConfigs = streamConfigs;
  this.eventSubmitter = eventSubmitter || new DefaultEventSubmitter();
  this.eventNameToStreamNamesMap = null;
}

Object.assign(MetricsClient.prototype, { addRequiredMetadata, getStreamConfig, submit });

MetricsClient.prototype.getStreamNamesForEvent = function (eventName) {
  if (this.streamConfigs === false) return [];
  return Object.entries(this.streamConfigs)
    .filter(([, config]) => {
      const events = config.producers?.metrics_platform_client?.events ?? [];
      return [].concat(events).some(prefix => eventName.startsWith(prefix));
    })
    .map(([name]) => name);
};

MetricsClient.prototype.validateSubmitCall = function (streamName, event) {
  if (event && event.$schema) return true;
  this.logger.logWarning(`submit to ${streamName}: the event has no $schema. It is not sent.`);
  return false;
};

MetricsClient.prototype.processSubmitCall = function (timestamp, streamName, event) {
  event.dt = timestamp;
  const config = configOf(this.streamConfigs, streamName);
  if (!config) {
    this.logger.logWarning(`The stream ${streamName} is not configured. The event is not sent.`);
    return;
  }
  if (!this.samplingController.isStreamInSample(config)) {
    this.logger.logWarning(`The stream ${streamName} is out of sample. The event is not sent.`);
    return;
  }
  const target = config.producers?.metrics_platform_client?.stream_name;
  if (target && !configOf(this.streamConfigs, target)) return;

  this.addRequiredMetadata(event, target || streamName);
  this.eventSubmitter.submitEvent(event);
};

MetricsClient.prototype.submitInteraction = function (streamName, schemaID, action, interactionData) {
  if (!action) {
    this.logger.logWarning(`submitInteraction to ${streamName}: there is no action. The event is not sent.`);
    return;
  }
  const event = { action, ...interactionData, $schema: schemaID };
  const config = configOf(this.streamConfigs, streamName);
  if (!config) return;
  this.contextController.addRequestedValues(event, config);
  this.submit(streamName, event);
};

MetricsClient.prototype.submitClick = function (streamName, interactionData) {
  this.submitInteraction(streamName, '/analytics/product_metrics/web/base/1.5.0', 'click', interactionData);
};

MetricsClient.prototype.isStreamInSample = function (streamName) {
  const config = configOf(this.streamConfigs, streamName);
  return config ? this.samplingController.isStreamInSample(config) : false;
};

module.exports = MetricsClient;
module.exports.SCHEMA = '/analytics/mediawiki/client/metrics_event/2.1.0';
