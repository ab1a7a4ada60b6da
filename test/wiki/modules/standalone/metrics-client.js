/* Fetches its stream configs. What is submitted before they come waits in a queue; interactions and clicks do not. */
const MetricsClient = require('../lib/metrics-platform/MetricsClient.js');

const FETCHING = 1;
const FETCHED = 2;
const LONGEST_QUEUE = 128;

function ExternalMetricsClient(integration, logger, eventSubmitter) {
  MetricsClient.call(this, integration, logger, {}, eventSubmitter);
  this.super = MetricsClient;
  this.state = FETCHING;
  this.fetchStreamConfigs();
  this.callQueue = [];
}

ExternalMetricsClient.prototype = Object.create(MetricsClient.prototype);
ExternalMetricsClient.prototype.constructor = ExternalMetricsClient;

ExternalMetricsClient.prototype.fetchStreamConfigs = function () {
  // A failure is nobody's: then all waits for ever.
  this.integration.fetchStreamConfigs().then(streamConfigs => {
    this.streamConfigs = streamConfigs;
    this.eventNameToStreamNamesMap = null;
    this.state = FETCHED;
    this.processCallQueue();
  });
};

ExternalMetricsClient.prototype.queueCall = function (call) {
  this.callQueue.push(call);
  if (this.callQueue.length > LONGEST_QUEUE) {
    const [name, , streamName] = this.callQueue.shift();
    this.logger.logWarning(`${name} to ${streamName}: more calls wait than the queue holds. It is not sent.`);
  }
  this.processCallQueue();
};

ExternalMetricsClient.prototype.processCallQueue = function () {
  if (this.state === FETCHING) return;
  while (this.callQueue.length) {
    const [name, ...call] = this.callQueue.shift();
    if (name === 'submit') this.processSubmitCall(...call);
  }
};

ExternalMetricsClient.prototype.submit = function (streamName, event) {
  if (this.validateSubmitCall(streamName, event)) {
    this.queueCall(['submit', new Date().toISOString(), streamName, event]);
  }
};

module.exports = ExternalMetricsClient;
