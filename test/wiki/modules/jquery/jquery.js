/* The few parts of jQuery that the clients use. */
class Deferred {
  constructor() {
    this.settled = 'pending';
    this.context = this.args = undefined;
    this.listeners = { resolved: [], rejected: [] };
    for (const name of ['resolve', 'reject', 'promise', 'state', 'done', 'fail', 'always', 'then', 'catch']) {
      this[name] = this[name].bind(this);
    }
  }
  settle(state, context, args) {
    if (this.settled !== 'pending') return this;
    this.settled = state;
    this.context = context;
    this.args = args ?? [];
    for (const run of this.listeners[state].splice(0)) run.apply(context, this.args);
    return this;
  }
  on(state, run) {
    if (this.settled === state) run.apply(this.context, this.args);
    else if (this.settled === 'pending') this.listeners[state].push(run);
    return this;
  }
  resolveWith(context, args) {
    return this.settle('resolved', context, args);
  }
  rejectWith(context, args) {
    return this.settle('rejected', context, args);
  }
  resolve(...args) {
    return this.settle('resolved', undefined, args);
  }
  reject(...args) {
    return this.settle('rejected', undefined, args);
  }
  state() {
    return this.settled;
  }
  done(run) {
    return this.on('resolved', run);
  }
  fail(run) {
    return this.on('rejected', run);
  }
  always(run) {
    return this.done(run).fail(run);
  }
  then(fulfilled, rejected) {
    return new Promise((resolve, reject) => {
      this.done(resolve).fail(reject);
    }).then(fulfilled, rejected);
  }
  catch(rejected) {
    return this.then(undefined, rejected);
  }
  promise() {
    const { state, done, fail, always, then } = this;
    return { state, done, fail, always, then, catch: this.catch, promise: this.promise };
  }
}

const isPlain = value => Object.prototype.toString.call(value) === '[object Object]';

function extend(...args) {
  const deep = args[0] === true;
  const [target, ...sources] = deep ? args.slice(1) : args;
  for (const source of sources) {
    for (const key in source) {
      const value = source[key];
      if (deep && Array.isArray(value)) target[key] = extend(true, [], value);
      else if (deep && isPlain(value)) target[key] = extend(true, isPlain(target[key]) ? target[key] : {}, value);
      else if (value !== undefined) target[key] = value;
    }
  }
  return target;
}

function jQuery(target) {
  if (typeof target === 'function') {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => target(jQuery));
    else queueMicrotask(() => target(jQuery));
    return undefined;
  }
  const listen = once => (type, run) => target.addEventListener(type, event => run.call(target, event), { once });
  return { on: listen(false), one: listen(true) };
}
jQuery.Deferred = () => new Deferred();
jQuery.extend = extend;
jQuery.noop = () => undefined;

window.$ = window.jQuery = jQuery;
module.exports = jQuery;
