module.exports = {
  sendEvent(event, url) {
    try {
      navigator.sendBeacon(url, JSON.stringify([event]));
    } catch {
      // A blocked beacon throws in some browsers; the client ignores it.
    }
  },
};
