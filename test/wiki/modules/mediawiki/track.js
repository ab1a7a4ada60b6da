/* Tracking with its queue, which is never trimmed, and the replay to each new subscriber. */
const handlers = [];

mw.track = function (topic, ...args) {
  mw.trackQueue.push({ topic, args });
  for (const { run } of [...handlers]) run();
};

mw.trackSubscribe = function (topic, callback) {
  let seen = 0;
  const run = () => {
    while (seen < mw.trackQueue.length) {
      const event = mw.trackQueue[seen++];
      if (event.topic.startsWith(topic)) callback.call(event, event.topic, ...event.args);
    }
  };
  handlers.push({ callback, run });
  run();
};

mw.trackUnsubscribe = function (callback) {
  for (let i = handlers.length - 1; i >= 0; i--) if (handlers[i].callback === callback) handlers.splice(i, 1);
};
