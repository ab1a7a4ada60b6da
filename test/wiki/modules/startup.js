/* Assigns window.mw once, and loads what the page asked for. Runs as `<script async>`: before or after `load`. */
(function () {
  'use strict';
  const options = new URL(document.currentScript.src).searchParams;
  options.delete('modules');

  class Map_ {
    constructor() {
      this.values = Object.create(null);
    }
    get(key, fallback = null) {
      if (Array.isArray(key)) return Object.fromEntries(key.map(one => [one, this.get(one, fallback)]));
      return key in this.values ? this.values[key] : fallback;
    }
    set(key, value) {
      if (key && typeof key === 'object') Object.assign(this.values, key);
      else this.values[key] = value;
      return true;
    }
    exists(key) {
      return key in this.values;
    }
  }

  const registry = Object.create(null);
  const waiting = [];

  function resolvePath(path, from) {
    if (!/^\.\.?\//.test(path)) return null;
    const parts = from.split('/').slice(0, -1);
    for (const part of path.split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.') parts.push(part);
    }
    return parts.join('/');
  }

  function requireIn(module, from) {
    return function require(name) {
      const path = resolvePath(name, from);
      if (path === null) return loader.require(name);
      if (Object.hasOwn(module.packageExports, path)) return module.packageExports[path];
      if (!Object.hasOwn(module.script.files, path)) throw new Error(`Cannot require undefined file ${path}`);
      const content = module.script.files[path];
      let result = content;
      if (typeof content === 'function') {
        const file = { exports: {} };
        content(requireIn(module, path), file, file.exports);
        result = file.exports;
      }
      module.packageExports[path] = result;
      return result;
    };
  }

  function execute(name) {
    const module = registry[name];
    module.state = 'executing';
    try {
      const { main, files } = module.script;
      files[main](requireIn(module, main), module.module, module.module.exports);
      module.state = 'ready';
    } catch (error) {
      module.state = 'error';
      console.error(`Module ${name} threw while it ran:`, error);
    }
  }

  function propagate() {
    let again = true;
    while (again) {
      again = false;
      for (const name in registry) {
        const module = registry[name];
        if (module.state !== 'loaded' || !module.dependencies.every(one => registry[one]?.state === 'ready')) continue;
        execute(name);
        again = true;
      }
    }
    for (const job of waiting.splice(0)) {
      const states = job.modules.map(loader.getState);
      if (states.every(state => state === 'ready')) job.ready?.();
      else if (states.some(state => state === null || state === 'error' || state === 'missing')) {
        job.error?.(new Error(`Not all of these modules could be loaded: ${job.modules.join(', ')}`), job.modules);
      } else waiting.push(job);
    }
  }

  function withDependencies(names, seen = new Set()) {
    for (const name of names) {
      if (seen.has(name) || !registry[name]) continue;
      withDependencies(registry[name].dependencies, seen);
      seen.add(name);
    }
    return [...seen];
  }

  const loader = {
    moduleRegistry: registry,
    register(modules) {
      for (const [name, version, dependencies] of modules) {
        registry[name] = {
          module: { exports: {} },
          packageExports: {},
          version,
          dependencies,
          script: null,
          state: 'registered',
        };
      }
    },
    impl(declare) {
      const [versioned, script] = declare();
      const module = registry[versioned.slice(0, versioned.lastIndexOf('@'))];
      module.script = script;
      module.state = 'loaded';
      mw.requestIdleCallback(propagate, { timeout: 1 });
    },
    load(names) {
      const wanted = withDependencies([].concat(names)).filter(name => registry[name].state === 'registered');
      if (!wanted.length) return;
      for (const name of wanted) registry[name].state = 'loading';
      const script = document.createElement('script');
      script.src = `/w/load.php?modules=${encodeURIComponent(wanted.join('|'))}&${options}`;
      script.onerror = () => {
        for (const name of wanted) registry[name].state = 'error';
        propagate();
      };
      document.head.append(script);
    },
    enqueue(modules, ready, error) {
      waiting.push({ modules, ready, error });
      loader.load(modules);
      mw.requestIdleCallback(propagate, { timeout: 1 });
    },
    require(name) {
      if (loader.getState(name) !== 'ready') throw new Error(`Module "${name}" is not loaded`);
      return registry[name].module.exports;
    },
    getState: name => registry[name]?.state ?? null,
    getModuleNames: () => Object.keys(registry),
  };

  const mw = {
    Map: Map_,
    config: new Map_(),
    trackQueue: [],
    loader,
    now: () => performance.now(),
    requestIdleCallback:
      typeof window.requestIdleCallback === 'function'
        ? window.requestIdleCallback.bind(window)
        : run => setTimeout(() => run({ didTimeout: false, timeRemaining: () => 50 }), 1),
  };
  mw.config.set(window.RLCONF ?? {});
  loader.register(/* MODULES */ []);

  const isOld = options.get('generation') === '1.39';
  const runQueue = () => {
    const queue = window.RLQ ?? [];
    window.RLQ = { push: run => run() };
    for (const run of queue) run();
  };
  // Queues until the base replaces it.
  if (isOld) mw.track = (topic, data) => mw.trackQueue.push({ topic, data });

  window.mw = window.mediaWiki = mw;
  if (isOld) runQueue();

  loader.enqueue(['jquery', 'mediawiki.base'], () => {
    if (!isOld) runQueue();
    loader.load(window.RLPAGEMODULES ?? []);
  });
})();
