/** Tells the client nothing but where it is: a page that samples puts its identifiers into `contextAttributes`. */
function Integration(streamConfigsOrigin) {
  const url = new URL(streamConfigsOrigin || 'https://meta.wikimedia.org');
  url.pathname = '/w/api.php';
  url.searchParams.set('action', 'streamconfigs');
  url.searchParams.set('format', 'json');
  url.searchParams.set('formatversion', '2');
  url.searchParams.set('constraints', 'destination_event_service=eventgate-analytics-external');
  this.streamConfigsUrl = url.toString();
  this.contextAttributes = {};
}

Integration.prototype.fetchStreamConfigs = async function () {
  const response = await fetch(this.streamConfigsUrl);
  const { streams } = await response.json();
  return streams;
};

Integration.prototype.getHostname = function () {
  return location.hostname;
};

Integration.prototype.clone = function () {
  throw new Error('Not implemented!');
};

Integration.prototype.getContextAttributes = function () {
  return this.contextAttributes;
};

module.exports = Integration;
