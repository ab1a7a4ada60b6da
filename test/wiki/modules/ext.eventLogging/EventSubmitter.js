function EventSubmitter(eventGateUri, enqueue, isDebugMode) {
  this.eventGateUri = eventGateUri;
  this.enqueue = enqueue;
  this.isDebugMode = isDebugMode;
}

EventSubmitter.prototype.submitEvent = function (event) {
  const url = this.eventGateUri;
  if (!url) return;
  mw.eventLog.enqueue(() => {
    try {
      navigator.sendBeacon(url, JSON.stringify(event));
    } catch {
      // A blocked beacon throws in some browsers; the client ignores it.
    }
  });
  this.onSubmitEvent(event);
};

EventSubmitter.prototype.onSubmitEvent = function (eventData) {
  if (this.isDebugMode) {
    mw.track('eventlogging.eventSubmitDebug', { streamName: eventData.meta.stream, eventData });
  }
};

module.exports = EventSubmitter;
