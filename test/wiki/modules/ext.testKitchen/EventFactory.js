const ALWAYS = ['agent_client_platform', 'agent_client_platform_family'];

class EventFactory {
  constructor(contextualAttributesFactory) {
    this.contextualAttributesFactory = contextualAttributesFactory;
    this.domain = mw.config.get('wgServerName');
  }

  newEvent(streamName, schemaID, contextualAttributes, action, interactionData) {
    const event = {
      ...interactionData,
      $schema: schemaID,
      meta: { domain: this.domain, stream: streamName },
      dt: new Date().toISOString(),
      action,
    };
    this.addContextualAttributes(event, contextualAttributes);
    return event;
  }

  addContextualAttributes(event, requested) {
    const from = this.contextualAttributesFactory.newContextualAttributes();
    for (const name of new Set(ALWAYS.concat(requested))) {
      const at = name.indexOf('_');
      const [group, key] = [name.slice(0, at), name.slice(at + 1)];
      const value = from[group]?.[key] ?? null;
      if (value === null) continue;
      event[group] = event[group] || {};
      event[group][key] = value;
    }
  }
}

module.exports = EventFactory;
