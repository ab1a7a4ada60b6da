/* Runs inside Firefox, in the browser window's own (privileged) global: what the driver cannot do from outside. */

window.inspectorDriver = (() => {
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('devtools/client/framework/devtools');
  const { tabTracker } = ExtensionParent.apiManager.global;

  const extension = id => WebExtensionPolicy.getByID(id).extension;
  const base = id => `moz-extension://${WebExtensionPolicy.getByID(id).mozExtensionHostname}/`;

  async function until(what, probe, timeout = 15000) {
    for (const end = Date.now() + timeout; ;) {
      const value = probe();
      if (value) return value;
      if (Date.now() > end) throw new Error(`Waited ${timeout} ms in vain for ${what}`);
      await new Promise(resolve => window.setTimeout(resolve, 20));
    }
  }

  const tabOf = id => {
    const tab = tabTracker.getTab(id, null);
    if (!tab) throw new Error(`Tab ${id} is closed`);
    return tab;
  };
  const windowOf = tab => tab.ownerDocument.defaultView;

  /** The `<browser>` element of our panel: DevTools holds an extension's panel in a document of its own. */
  function panelBrowser(tab, id) {
    const toolbox = gDevTools.getToolboxForTab(tabOf(tab));
    const holders = [...(toolbox?.doc.querySelectorAll('iframe') ?? [])].map(frame =>
      frame.contentDocument?.documentURI.includes('webext-panels.xhtml')
        ? frame.contentDocument.querySelector('browser')
        : null,
    );
    return holders.find(browser => browser?.currentURI?.spec.startsWith(`${base(id)}panel.html`));
  }

  const backgroundBrowser = id =>
    [...extension(id).views].find(view => view.viewType === 'background' && !view.unloaded)?.xulBrowser;

  const browserOf = ({ tab, panel, background }) => {
    const browser =
      tab !== undefined
        ? tabOf(tab).linkedBrowser
        : panel !== undefined
          ? panelBrowser(panel.tab, panel.extension)
          : backgroundBrowser(background);
    if (!browser) throw new Error('That document is gone');
    return browser;
  };

  /** Runs `work`, the source of `(content, answer, fail) => void`, in the process of the document. */
  function inDocument(target, work, argument) {
    const manager = browserOf(target).messageManager;
    const name = `inspector-driver:${Services.uuid.generateUUID()}`;
    return new Promise((resolve, reject) => {
      manager.addMessageListener(name, function listener({ data }) {
        manager.removeMessageListener(name, listener);
        if (data.error === undefined) resolve(data.value);
        else reject(new Error(data.error));
      });
      const script = `{
        const send = data => { try { sendAsyncMessage(${JSON.stringify(name)}, data); } catch {} };
        const fail = error => send({error: String(error?.message ?? error)});
        content.addEventListener('pagehide', ({isTrusted}) => isTrusted && fail('The document went away'));
        try { (${work})(content, value => send({value}), fail, ${JSON.stringify(argument ?? null)}); } catch (error) { fail(error); }
      }`;
      manager.loadFrameScript(`data:application/javascript;charset=utf-8,${encodeURIComponent(script)}`, false);
    });
  }

  /* The debugger's own way in: the page's real global, whatever its CSP. The same as WebDriver BiDi's script.evaluate does. */
  function evaluateInContent(content, answer, fail, source) {
    const { addDebuggerToGlobal } = ChromeUtils.importESModule('resource://gre/modules/jsdebugger.sys.mjs');
    const sandbox = Cu.Sandbox(Services.scriptSecurityManager.getSystemPrincipal(), { freshCompartment: true });
    addDebuggerToGlobal(sandbox);
    const page = new sandbox.Debugger().makeGlobalObjectReference(content);
    const give = callback => page.makeDebuggeeValue(Cu.exportFunction(callback, content));
    const result = page.executeInGlobalWithBindings(
      `${source}.then(driverAnswer, error => driverFail(String(error && error.message || error)))`,
      { driverAnswer: give(text => answer(String(text))), driverFail: give(text => fail(String(text))) },
    );
    if (result && 'throw' in result) {
      const thrown = result.throw;
      fail(thrown?.getProperty?.('message').return ?? 'The script threw');
    }
  }

  async function clickInContent(content, answer, fail, selector) {
    const element = content.document.querySelector(selector);
    if (!element) return answer(false);
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const box = element.getBoundingClientRect();
    if (!box.width || !box.height) return answer(false);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    for (const type of ['mousemove', 'mousedown', 'mouseup'])
      content.synthesizeMouseEvent(type, x, y, { button: 0, clickCount: type === 'mousemove' ? 0 : 1 });
    answer(true);
  }

  /* A trusted key: https://searchfox.org/mozilla-central/source/dom/interfaces/base/nsITextInputProcessor.idl */
  function pressInContent(content, answer, fail, key) {
    const processor = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
    if (!processor.beginInputTransactionForTests(content)) return fail('The document takes no keys');
    const event = new content.KeyboardEvent('', {
      key,
      keyCode: content.KeyboardEvent[`DOM_VK_${key.toUpperCase()}`] ?? 0,
    });
    processor.keydown(event);
    processor.keyup(event);
    answer(null);
  }

  /** Presses keys together, in the browser's own window: `Alt`, `Shift`, `O`. */
  async function pressChord(keys) {
    window.focus();
    const processor = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
    if (!processor.beginInputTransactionForTests(window)) throw new Error('The window takes no keys');
    const events = keys.map(
      key => new window.KeyboardEvent('', { key, keyCode: window.KeyboardEvent[`DOM_VK_${key.toUpperCase()}`] }),
    );
    for (const event of events) processor.keydown(event);
    for (const event of events.reverse()) processor.keyup(event);
  }

  function wheelInContent(content, answer, fail, { selector, pixels, times }) {
    const box = content.document.querySelector(selector)?.getBoundingClientRect();
    if (!box) return fail(`Nothing in the document fits ${selector}`);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const turn = left => {
      if (left === 0) return answer(null);
      const { DOM_DELTA_PIXEL } = content.WheelEvent;
      content.windowUtils.sendWheelEvent(x, y, 0, pixels, 0, DOM_DELTA_PIXEL, 0, 0, Math.sign(pixels), 0);
      content.requestAnimationFrame(() => turn(left - 1));
    };
    turn(times);
  }

  /* https://searchfox.org/mozilla-central/source/xpcom/base/nsIMemoryReporter.idl */
  function heapInContent(content, answer) {
    const manager = Cc['@mozilla.org/memory-reporter-manager;1'].getService(Ci.nsIMemoryReporterManager);
    manager.minimizeMemoryUsage(() => {
      const [objects, strings, other] = [{}, {}, {}];
      manager.sizeOfTab(content, objects, strings, other, {}, {}, {}, {}, {}, {});
      answer(objects.value + strings.value + other.value);
    });
  }

  const snapshot = context => context.currentWindowGlobal.drawSnapshot(null, 1, 'rgb(255,255,255)');

  /** A PNG, base64, of bitmaps one over the other. */
  function picture([bitmap, ...over]) {
    const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    const paper = canvas.getContext('2d');
    paper.drawImage(bitmap, 0, 0);
    for (const { image, x, y } of over) paper.drawImage(image, x, y);
    return canvas.toDataURL('image/png').split(',')[1];
  }

  /** A snapshot of a window leaves out what is half transparent in documents of other processes: ours is put over it. */
  async function wholePicture(tab, id) {
    const owner = windowOf(tabOf(tab));
    const panel = panelBrowser(tab, id);
    const image = await snapshot(panel.browsingContext);
    const [x, y] = [panel.screenX - owner.mozInnerScreenX, panel.screenY - owner.mozInnerScreenY];
    return picture([await snapshot(owner.browsingContext), { image, x, y }]);
  }

  /** Loads and waits: the old document's window goes, and the new one stops loading. */
  async function load(tab, begin, blank = false) {
    const browser = tabOf(tab).linkedBrowser;
    const before = browser.browsingContext.currentWindowGlobal?.innerWindowId;
    begin(browser);
    await until(
      'the page to load',
      () => {
        const now = browser.browsingContext.currentWindowGlobal;
        if (!now || now.innerWindowId === before || browser.webProgress.isLoadingDocument) return false;
        return blank || now.documentURI.spec !== 'about:blank';
      },
      60000,
    );
    const { spec } = browser.browsingContext.currentWindowGlobal.documentURI;
    if (/^about:(net|cert|httpsonly)error/.test(spec)) throw new Error(new URL(spec).searchParams.get('e') ?? spec);
  }

  const loadInto = async (tab, url) =>
    load(tab, browser =>
      browser.fixupAndLoadURIString(url, { triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() }),
    );

  return {
    base: async id => base(id),
    firstTab: async () => tabTracker.getId(window.gBrowser.selectedTab),
    evaluate: async (target, source) => inDocument(target, evaluateInContent, source),
    click: async (target, selector) => inDocument(target, clickInContent, selector),
    pressChord,
    press: async (target, key) => inDocument(target, pressInContent, key),
    wheel: async (target, turns) => inDocument(target, wheelInContent, turns),
    heap: async target => inDocument(target, heapInContent),
    picture: async target => picture([await snapshot(browserOf(target).browsingContext)]),
    wholePicture,
    goto: loadInto,
    reload: async tab => load(tab, browser => browser.reload()),
    url: async tab => tabOf(tab).linkedBrowser.currentURI.spec,
    async open(url) {
      const tab = window.gBrowser.addTrustedTab('about:blank', { inBackground: false });
      const id = tabTracker.getId(tab);
      if (url) await loadInto(id, url);
      return id;
    },
    async openWindow(url) {
      const opened = window.OpenBrowserWindow();
      await new Promise(resolve => opened.addEventListener('load', resolve, { once: true }));
      await opened.delayedStartupPromise;
      const id = tabTracker.getId(opened.gBrowser.selectedTab);
      await loadInto(id, url);
      return id;
    },
    async close(tab) {
      const native = tabOf(tab);
      const owner = windowOf(native);
      if (owner !== window && owner.gBrowser.tabs.length === 1) owner.close();
      else owner.gBrowser.removeTab(native);
      await until('the tab to close', () => !tabTracker.getTab(tab, null));
    },
    async openPanel(tab, id) {
      const toolbox = await gDevTools.showToolboxForTab(tabOf(tab), { toolId: 'webconsole' });
      const ours = () => toolbox.getAdditionalTools().find(tool => tool.extensionId === id);
      await toolbox.selectTool((await until('our panel in DevTools', ours)).id);
      await until('the document of our panel', () => panelBrowser(tab, id));
    },
    closePanel: async tab => gDevTools.closeToolboxForTab(tabOf(tab)),
    allowCookies: async allowed => {
      const preference = 'network.cookie.cookieBehavior';
      if (allowed) Services.prefs.clearUserPref(preference);
      else Services.prefs.setIntPref(preference, Ci.nsICookieService.BEHAVIOR_REJECT);
    },
    badge: async (tab, id) =>
      ExtensionParent.apiManager.global.browserActionFor(extension(id)).action.getContextData(tabOf(tab)).badgeText,
    backgroundAlive: async id => extension(id).backgroundState === 'running',
    async wake(id) {
      await extension(id).wakeupBackground?.();
      await until('the background', () => extension(id).backgroundState === 'running' && backgroundBrowser(id));
    },
    async stop(id) {
      await extension(id).terminateBackground({ disableResetIdleForTest: true, ignoreDevToolsAttached: true });
      await until('the background to stop', () => extension(id).backgroundState === 'stopped');
    },
    async allow(id, allowed) {
      const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
      const addon = await AddonManager.getAddonByID(id);
      await (allowed ? addon.enable() : addon.disable());
    },
    async acceptPrompt() {
      const { PopupNotifications } = window;
      // A prompt shows only in the window that has the focus.
      window.focus();
      const shown = () => PopupNotifications.isPanelOpen && PopupNotifications.panel.firstElementChild;
      const prompt = await until('a prompt', shown);
      const text = prompt.textContent;
      // The button takes no press in the prompt's first moments.
      await until('the prompt to go', () => (shown() ? void prompt.button.click() : true));
      return text;
    },
    errors: async id =>
      Services.console
        .getMessageArray()
        .filter(entry => entry instanceof Ci.nsIScriptError && !(entry.flags & Ci.nsIScriptError.warningFlag))
        .filter(({ sourceName }) => sourceName.startsWith(base(id)) || sourceName.includes(extension(id).rootURI.spec))
        .map(({ sourceName, lineNumber, errorMessage }) => `${sourceName}:${lineNumber}: ${errorMessage}`),
  };
})();
