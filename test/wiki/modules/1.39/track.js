/* Tracking of one datum; the startup script has made a `track` that only queues. */
const handlers = [];

mw.track = function (topic, data) {
  mw.trackQueue.push({ topic, data });
  for (const { run } of [...handlers]) run();
};

mw.trackSubscribe = function (topic, callback) {
  let seen = 0;
  const run = () => {
    while (seen < mw.trackQueue.length) {
      const event = mw.trackQueue[seen++];
      if (event.topic.startsWith(topic)) callback.call(event, event.topic, event.data);
    }
  };
  handlers.push({ callback, run });
  run();
};

mw.trackUnsubscribe = function (callback) {
  for (let i = handlers.length - 1; i >= 0; i--) if (handlers[i].callback === callback) handlers.splice(i, 1);
};
