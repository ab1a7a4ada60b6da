const ContextController = require('./ContextController.js');
const CurationController = require('./CurationController.js');
const DefaultEventSubmitter = require('./DefaultEventSubmitter.js');
const Instrument = require('./Instrument.js');
const SamplingController = require('./SamplingController.js');
const { formatCustomData, getStreamNamesForEvent } = require('./dispatch.js');
const { addRequiredMetadata, configOf, getStreamConfig, submit } = require('./steps.js');

const SCHEMA = '/analytics/mediawiki/client/metrics_event/2.1.0';
const WEB_BASE = '/analytics/product_metrics/web/base/1.4.3';

function MetricsClient(integration, streamConfigs, eventSubmitter) {
  this.contextController = new ContextController(integration);
  this.samplingController = new SamplingController(integration);
  this.curationController = new CurationController();
  this.integration = integration;
  this.streamConfigs = streamConfigs;
  this.eventSubmitter = eventSubmitter || new DefaultEventSubmitter();
  this.eventNameToStreamNamesMap = null;
}

Object.assign(MetricsClient.prototype, { addRequiredMetadata, getStreamConfig, getStreamNamesForEvent, submit });

MetricsClient.prototype.validateSubmitCall = function (streamName, event) {
  if (event && event.$schema) return true;
  this.integration.logWarning(`submit to ${streamName}: the event has no $schema. It is not sent.`);
  return false;
};

MetricsClient.prototype.processSubmitCall = function (timestamp, streamName, event) {
  event.dt = timestamp;
  const config = configOf(this.streamConfigs, streamName);
  if (!config || !this.samplingController.isStreamInSample(config)) return;
  const target = config.producers?.metrics_platform_client?.stream_name;
  if (target && !configOf(this.streamConfigs, target)) return;

  this.addRequiredMetadata(event, target || streamName);
  this.eventSubmitter.submitEvent(event);
};

MetricsClient.prototype.dispatch = function (eventName, customData) {
  const formatted = this.validateDispatchCall(eventName, customData);
  if (formatted) this.processDispatchCall(new Date().toISOString(), eventName, formatted);
};

MetricsClient.prototype.validateDispatchCall = function (eventName, customData) {
  if (this.streamConfigs === false) {
    this.integration.logWarning(`dispatch of ${eventName}: stream configs are switched off. It is not sent.`);
    return false;
  }
  try {
    return formatCustomData(customData);
  } catch (error) {
    this.integration.logWarning(`dispatch of ${eventName}: ${error.message}. It is not sent.`);
    return false;
  }
};

/** One event for each stream that takes it. Not on the way of a submit: no redirect, and sampled before it is curated. */
MetricsClient.prototype.processDispatchCall = function (timestamp, eventName, formatted) {
  for (const streamName of this.getStreamNamesForEvent(eventName)) {
    const event = { $schema: SCHEMA, dt: timestamp, name: eventName };
    if (formatted) event.custom_data = formatted;
    const config = configOf(this.streamConfigs, streamName);
    if (!config) continue;
    this.addRequiredMetadata(event, streamName);
    this.contextController.addRequestedValues(event, config);
    if (this.samplingController.isStreamInSample(config) && this.curationController.shouldProduceEvent(event, config)) {
      this.eventSubmitter.submitEvent(event);
    }
  }
};

MetricsClient.prototype.submitInteraction = function (streamName, schemaID, action, interactionData) {
  if (!action) {
    this.integration.logWarning(`submitInteraction to ${streamName}: there is no action. The event is not sent.`);
    return;
  }
  const event = { action, ...interactionData, $schema: schemaID };
  const config = configOf(this.streamConfigs, streamName);
  if (!config) return;
  this.contextController.addRequestedValues(event, config);
  this.submit(streamName, event);
};

MetricsClient.prototype.submitClick = function (streamName, interactionData) {
  this.submitInteraction(streamName, WEB_BASE, 'click', interactionData);
};

MetricsClient.prototype.isStreamInSample = function (streamName) {
  const config = configOf(this.streamConfigs, streamName);
  return config ? this.samplingController.isStreamInSample(config) : false;
};

/** One argument: the name of both; two: stream and schema; three: instrument, stream and schema. */
MetricsClient.prototype.newInstrument = function (first, second, third) {
  if (second === undefined) return new Instrument(this, first, WEB_BASE).setInstrumentName(first);
  if (third === undefined) return new Instrument(this, first, second);
  const instrument = new Instrument(this, second, third);
  return first ? instrument.setInstrumentName(first) : instrument;
};

module.exports = MetricsClient;
module.exports.SCHEMA = SCHEMA;
