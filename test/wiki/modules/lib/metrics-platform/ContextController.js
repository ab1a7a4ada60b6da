const { copyAttributeByName } = require('./Context.js');
const { isValidSample } = require('./StreamConfig.js');

const ALWAYS = ['agent_client_platform', 'agent_client_platform_family'];

function ContextController(integration) {
  this.integration = integration;
}

ContextController.prototype.addRequestedValues = function (event, streamConfig) {
  const wanted = streamConfig.producers?.metrics_platform_client?.provide_values;
  const attributes = this.integration.getContextAttributes();
  for (const name of [...(Array.isArray(wanted) ? wanted : []), ...ALWAYS]) {
    copyAttributeByName(attributes, event, name);
  }
  // By reference, as the real client has it: a config changed before the queue is flushed changes what is sent.
  if (isValidSample(streamConfig.sample)) event.sample = streamConfig.sample;
  return event;
};

module.exports = ContextController;
