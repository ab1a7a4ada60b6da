/* Of the standalone client: five seconds after the first event, all of them in one beacon, as an array. */
function DefaultEventSubmitter(eventIntakeUrl) {
  this.eventIntakeUrl = eventIntakeUrl || 'https://intake-analytics.wikimedia.org/v1/events?hasty=true';
  this.events = [];
  this.isDocumentUnloading = false;
  this.delayedSubmitTimeoutID = null;
  window.addEventListener('pagehide', () => (this.isDocumentUnloading = true));
  window.addEventListener('pageshow', () => (this.isDocumentUnloading = false));
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) this.doSubmitEvents();
  });
}

DefaultEventSubmitter.prototype.submitEvent = function (event) {
  this.events.push(event);
  if (this.isDocumentUnloading) this.doSubmitEvents();
  else this.doDelayedSubmit();
  this.onSubmitEvent(event);
};

DefaultEventSubmitter.prototype.doSubmitEvents = function () {
  try {
    if (this.events.length) navigator.sendBeacon(this.eventIntakeUrl, JSON.stringify(this.events));
  } catch {
    // A blocked beacon throws in some browsers; the client ignores it.
  }
  this.events = [];
  this.delayedSubmitTimeoutID = null;
};

DefaultEventSubmitter.prototype.doDelayedSubmit = function () {
  this.delayedSubmitTimeoutID ??= setTimeout(() => this.doSubmitEvents(), 5000);
};

DefaultEventSubmitter.prototype.onSubmitEvent = function (event) {
  console.info('Submitted the following event:', event);
};

module.exports = DefaultEventSubmitter;
