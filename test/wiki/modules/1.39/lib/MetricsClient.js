const ContextController = require('./ContextController.js');
const CurationController = require('./CurationController.js');
const SamplingController = require('./SamplingController.js');
const { formatCustomData, getStreamNamesForEvent } = require('./dispatch.js');
const { addRequiredMetadata, configOf, getStreamConfig } = require('./steps.js');

function MetricsClient(integration, streamConfigs) {
  this.contextController = new ContextController(integration);
  this.samplingController = new SamplingController(integration);
  this.curationController = new CurationController();
  this.integration = integration;
  this.streamConfigs = streamConfigs;
  this.eventNameToStreamNamesMap = null;
}

Object.assign(MetricsClient.prototype, { addRequiredMetadata, getStreamConfig, getStreamNamesForEvent });

/** No redirects in this generation, and a caller's dt stays. */
MetricsClient.prototype.submit = function (streamName, event) {
  if (!event || !event.$schema) {
    this.integration.logWarning(`submit to ${streamName}: the event has no $schema. It is not sent.`);
    return;
  }
  const config = configOf(this.streamConfigs, streamName);
  if (!config || !this.samplingController.streamInSample(config)) return;
  this.addRequiredMetadata(event, streamName);
  this.integration.enqueueEvent(event);
  this.integration.onSubmit(streamName, event);
};

/** One event for each stream that takes it, each on the way of a submit. */
MetricsClient.prototype.dispatch = function (eventName, customData) {
  const streamNames = this.getStreamNamesForEvent(eventName);
  let formatted;
  try {
    formatted = formatCustomData(customData);
  } catch (error) {
    this.integration.logWarning(`dispatch of ${eventName}: ${error.message}. It is not sent.`);
    return;
  }
  if (this.streamConfigs === false) {
    this.integration.logWarning(`dispatch of ${eventName}: stream configs are switched off. It is not sent.`);
    return;
  }
  const dt = new Date().toISOString();
  for (const streamName of streamNames) {
    const event = { $schema: '/analytics/mediawiki/client/metrics_event/1.1.0', dt, name: eventName };
    if (customData) event.custom_data = formatted;
    const config = configOf(this.streamConfigs, streamName);
    if (!config) continue;
    this.contextController.addRequestedValues(event, config);
    if (this.curationController.shouldProduceEvent(event, config)) this.submit(streamName, event);
  }
};

module.exports = MetricsClient;
