import browser from 'webextension-polyfill';

/** Chrome's own, which neither the polyfill nor its types know: https://developer.chrome.com/docs/extensions/reference/api/devtools/panels */
type ChromePanels = { setThemeChangeHandler?: (changed: (theme: string) => void) => void };

/** Light or dark as DevTools is; as the system is, where the page is not a panel of DevTools. */
export function followTheme(): void {
  const panels = browser.devtools?.panels;
  if (!panels) return;
  const apply = (theme: string) => {
    document.documentElement.dataset['theme'] = theme === 'dark' ? 'dark' : 'light';
  };
  apply(panels.themeName);
  panels.onThemeChanged?.addListener(apply);
  (panels as ChromePanels).setThemeChangeHandler?.(apply);
}
