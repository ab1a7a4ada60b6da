/* What `dispatch` needs: which streams take an event of a name, and the caller's data in the form of the schema. */

/** Prefix of event names to the streams that ask for it, in the order of the configs. */
function streamsByPrefix(streamConfigs) {
  const streams = {};
  for (const name in streamConfigs) {
    for (const prefix of [].concat(streamConfigs[name].producers?.metrics_platform_client?.events || [])) {
      (streams[prefix] ??= []).push(name);
    }
  }
  return streams;
}

function getStreamNamesForEvent(eventName) {
  if (this.streamConfigs === false) return [];
  this.eventNameToStreamNamesMap ??= streamsByPrefix(this.streamConfigs);
  return Object.entries(this.eventNameToStreamNamesMap)
    .filter(([prefix]) => eventName.startsWith(prefix))
    .flatMap(([, names]) => names);
}

/** @throws where a key is not in snake case */
function formatCustomData(customData) {
  const formatted = {};
  for (const key in customData ?? {}) {
    if (!/^[$a-z]+[a-z0-9_]*$/.test(key)) throw new Error(`the key ${key} is not in snake case`);
    const value = customData[key];
    formatted[key] = { data_type: value === null ? 'null' : typeof value, value: String(value) };
  }
  return formatted;
}

module.exports = { getStreamNamesForEvent, formatCustomData };
