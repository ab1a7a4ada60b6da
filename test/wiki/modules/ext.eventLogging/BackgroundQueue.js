/* One timer from the first callback on; flushed when the page is hidden, unqueued while it is being left. */
module.exports = function BackgroundQueue(intervalSeconds) {
  const callbacks = [];
  let timer = null;
  let leaving = false;

  this.flush = () => {
    clearTimeout(timer);
    timer = null;
    while (callbacks.length) callbacks.shift()();
  };
  this.add = callback => {
    if (leaving) {
      callback();
      return;
    }
    callbacks.push(callback);
    timer ??= setTimeout(this.flush, (intervalSeconds || 30) * 1000);
  };

  window.addEventListener('pagehide', () => {
    leaving = true;
    this.flush();
  });
  window.addEventListener('pageshow', () => (leaving = false));
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) this.flush();
  });
};
