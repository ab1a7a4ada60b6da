/* What is on `mw` as soon as the base has run: tracking with its queue and replay, using, logging. */
require('./track.js');

mw.format = (text, ...args) => text.replace(/\$(\d+)/g, (whole, number) => args[number - 1] ?? whole);

mw.log = (...args) => console.log(...args);
mw.log.warn = (...args) => console.warn(...args);
mw.log.error = (...args) => console.error(...args);

/** A property that says that it is deprecated, each time it is read or written. */
mw.log.deprecate = (object, key, value, message, name = key) => {
  const warn = () => mw.log.warn(`Use of "${name}" is deprecated. ${message ?? ''}`);
  Object.defineProperty(object, key, {
    configurable: true,
    enumerable: true,
    get() {
      warn();
      return value;
    },
    set(replacement) {
      warn();
      value = replacement;
    },
  });
};

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
