/* What is on `mw` as soon as the base has run: tracking with its queue and replay, using, logging. */
const handlers = [];

mw.format = (text, ...args) => text.replace(/\$(\d+)/g, (whole, number) => args[number - 1] ?? whole);

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

mw.log = (...args) => console.log(...args);
mw.log.warn = (...args) => console.warn(...args);
mw.log.error = (...args) => console.error(...args);

mw.errorLogger = {
  logError(error, topic = 'error.caught') {
    mw.track(topic, error);
  },
};

mw.loader.using = function (names, ready, error) {
  const deferred = $.Deferred();
  if (ready) deferred.done(ready);
  if (error) deferred.fail(error);
  mw.loader.enqueue(
    [].concat(names),
    () => deferred.resolve(mw.loader.require),
    (...reasons) => deferred.reject(...reasons),
  );
  return deferred.promise();
};

mw.hook = (() => {
  const hooks = Object.create(null);
  return name =>
    (hooks[name] ??= {
      listeners: [],
      memory: null,
      add(run) {
        this.listeners.push(run);
        if (this.memory) run(...this.memory);
        return this;
      },
      fire(...args) {
        this.memory = args;
        for (const run of [...this.listeners]) run(...args);
        return this;
      },
    });
})();
