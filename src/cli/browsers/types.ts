/** One way to drive both browsers: what tests and commands see of a browser, its pages, and the extension in it. */

export type BrowserName = 'chromium' | 'firefox';

/**
 * What to run in a document: a function, called with the argument, or the source of an expression. Either may give a
 * promise. A function travels as source: it sees nothing of the file it stands in. Argument and answer travel as JSON.
 */
export type Source<A, T> = string | ((arg: A) => T | Promise<T>);

export interface WaitOptions {
  /** What is waited for, as the error names it. */
  what?: string;
  /** Milliseconds until it fails; 15,000 where absent. */
  timeout?: number;
}

/** A document that can be read, clicked and photographed. Scripts run in its own (MAIN) world, whatever its CSP. */
export interface Surface {
  evaluate<T = unknown, A = undefined>(source: Source<A, T>, arg?: A): Promise<T>;
  /** Polls until the source gives something truthy, through navigations too, and answers that. */
  waitFor<T = unknown, A = undefined>(source: Source<A, T>, arg?: A, options?: WaitOptions): Promise<T>;
  /** `innerText` of the first element that fits the selector (`body` where absent). */
  text(selector?: string): Promise<string>;
  /** A trusted click in the middle of the first element that fits, as soon as there is one. */
  click(selector: string): Promise<void>;
  /** Presses and releases a key, as `KeyboardEvent#key` names it (`Enter`, `Tab`, `ArrowDown`, `?`), where the focus is. */
  press(key: string): Promise<void>;
  /** Turns the wheel over the middle of the first element that fits, so many times by so many CSS pixels. */
  wheel(selector: string, pixels: number, times: number): Promise<void>;
  /** Bytes of the document's JavaScript heap, buffers among them, after garbage has been collected. */
  heap(): Promise<number>;
  /** Writes a PNG of the document as it is seen. */
  screenshot(file: string): Promise<void>;
}

/** The extension's panel, in DevTools or on its own. */
export interface Panel extends Surface {
  /** Makes the document this large, in CSS pixels. Only for a panel on its own, in Chromium. */
  resize(width: number, height: number): Promise<void>;
  /** Writes a PNG of all of DevTools (of the whole window in Firefox); without DevTools the same as `screenshot`. */
  screenshotWhole(file: string): Promise<void>;
  close(): Promise<void>;
}

export interface Page extends Surface {
  /** The tab's id, as the extension knows it. */
  readonly tab: number;
  /** Resolves when the page is loaded; rejects where it cannot be reached. */
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  url(): Promise<string>;
  close(): Promise<void>;
  /** Opens real DevTools on this tab and selects our panel; resolves when the panel is ready. */
  panel(): Promise<Panel>;
  /** Opens the panel as an ordinary page, in a window of its own, so that this page stays visible. */
  panelPage(): Promise<Panel>;
  /** Whether documents that are loaded from now on have cookies, and `navigator.cookieEnabled` says so. */
  allowCookies(allowed: boolean): Promise<void>;
  /** The text on the extension's toolbar icon for this tab. */
  badge(): Promise<string>;
}

export interface Browser {
  readonly name: BrowserName;
  /** Such as `Chromium/156.0.8078.79`. */
  readonly version: string;
  /** Base URL of the extension's own files, with a trailing slash. */
  readonly extension: string;
  /** The tab that is there from the start. */
  readonly page: Page;
  newPage(): Promise<Page>;
  /** Opens a page of the extension, such as `popup.html`, in a tab. */
  extensionPage(path: string): Promise<Page>;
  /** Runs in the background's global, and starts the background where it is stopped. */
  backgroundEvaluate<T = unknown, A = undefined>(source: Source<A, T>, arg?: A): Promise<T>;
  /** Stops the background as the browser does when it is idle, and resolves when it is gone. */
  stopBackground(): Promise<void>;
  /** Whether the background runs. */
  backgroundAlive(): Promise<boolean>;
  /** Disables the extension, or enables it again, as its user does; resolves when that is done. */
  allowExtension(allowed: boolean): Promise<void>;
  /**
   * Has a command of the extension run by its keyboard shortcut: the keys are pressed in Firefox's own window. No key of
   * Chromium's protocol reaches its shortcuts, so there the command's event is dispatched in the background.
   */
  shortcut(command: string): Promise<void>;
  /**
   * Waits for the browser's own permission prompt in the first window, accepts it with the prompt's own button, and answers
   * what it said. Chromium needs `PROMPT_SWITCHES` for it.
   */
  acceptPrompt(): Promise<string>;
  /** What the browser has to say against the extension: manifest warnings, and errors at run time. */
  errors(): Promise<string[]>;
  /** Resolves when the user closes the browser. */
  closed(): Promise<void>;
  /** Ends the process and removes the profile, whatever happened before. */
  close(): Promise<void>;
}

export interface OpenOptions {
  browser: BrowserName;
  /** Folder of the unpacked extension. Where absent the browser is as it comes: only its pages can be driven. */
  extension?: string;
  headless?: boolean;
  /** A profile to go on with, kept when the browser is closed, which is a kill; where absent a fresh one. */
  profile?: string;
  /** The browser's program; found where absent. */
  executable?: string;
  /** Firefox only: more preferences. */
  preferences?: { [name: string]: boolean | number | string };
  /** Chromium only: more switches. */
  switches?: string[];
}
