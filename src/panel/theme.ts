type Changed = (theme: string) => void;
/** Firefox tells by an event, Chrome calls a handler: https://developer.chrome.com/docs/extensions/reference/api/devtools/panels */
interface Panels {
  themeName: string;
  onThemeChanged?: { addListener(changed: Changed): void };
  setThemeChangeHandler?(changed: Changed): void;
}
type Host = { devtools?: { panels?: Panels } };

/**
 * Light or dark as DevTools is; as the system is, where the page is not a panel of DevTools. Without the polyfill: this is
 * there before the first picture.
 */
export function followTheme(): void {
  const { browser, chrome } = globalThis as { browser?: Host; chrome?: Host };
  const panels = (browser ?? chrome)?.devtools?.panels;
  if (!panels) return;
  const apply = (theme: string) => {
    document.documentElement.dataset['theme'] = theme === 'dark' ? 'dark' : 'light';
  };
  apply(panels.themeName);
  panels.onThemeChanged?.addListener(apply);
  panels.setThemeChangeHandler?.(apply);
}
