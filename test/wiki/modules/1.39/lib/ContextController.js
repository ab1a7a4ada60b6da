const { copyAttributeByName } = require('./Context.js');

const ALWAYS = ['agent_client_platform', 'agent_client_platform_family'];

function ContextController(integration) {
  this.integration = integration;
}

ContextController.prototype.addRequestedValues = function (event, streamConfig) {
  const wanted = streamConfig?.producers?.metrics_platform_client?.provide_values;
  const attributes = this.integration.getContextAttributes();
  for (const name of [...(Array.isArray(wanted) ? wanted : []), ...ALWAYS]) {
    copyAttributeByName(attributes, event, name);
  }
  return event;
};

module.exports = ContextController;
