/** What capture looks for in a page as its files are read, where there is no page. Imported before any of them. */

Object.assign(globalThis, {
  window: globalThis,
  Element: class Element {
    closest = undefined;
    getAttribute = undefined;
  },
  DOMTokenList: class DOMTokenList {
    item = undefined;
  },
  Document: class Document {
    get cookie(): string {
      return '';
    }
    get hidden(): boolean {
      return true;
    }
  },
});
Object.defineProperty(globalThis, 'sessionStorage', {
  configurable: true,
  get: () => ({ 'tk_exposure.some:treatment:v0': 'stored', other: 'not told' }),
});
