function SamplingController(integration) {
  this.integration = integration;
}

SamplingController.prototype.streamInSample = function (streamConfig) {
  if (!streamConfig) return false;
  const { sample } = streamConfig;
  if (!sample) return true;
  if (!sample.unit || !sample.rate || sample.rate < 0 || sample.rate > 1) return false;
  let id;
  if (sample.unit === 'pageview') id = this.integration.getPageviewId();
  else if (sample.unit === 'session') id = this.integration.getSessionId();
  else return false;
  return parseInt(id.slice(0, 8), 16) / 0xffffffff < sample.rate;
};

module.exports = SamplingController;
