/** Every message of every boundary, typed from one map. The page boundary has its own channel (`channel.ts`): only it needs run-time guards. */

import type { Envelope, Note } from '../record/facts.ts';
import type { Override, PageRules } from '../record/override.ts';
import type { RecordingStatus } from '../recording/types.ts';

/** Port names. A panel's port is `panel:<tabId>`. */
export const RELAY_PORT = 'relay';
export const PANEL_PORT = 'panel:';

/** Keys of the extension's local storage under which a relay leaves its last facts where the background is stopped. */
export const LEFT = 'left:';

/** Relay (one a frame) to background. */
export type FromRelay =
  | { type: 'hello'; load: string; url: string }
  /** `facts` are consecutive in seq, at most 256, and stay in the relay until acknowledged. */
  | ({ type: 'facts' } & Omit<Envelope, 'frame'>);

/** Background to relay. */
export type ToRelay =
  /** `recorded`: what comes is kept, and no panel has to be there for it. */
  | { type: 'listen'; on: boolean; recorded: boolean }
  | { type: 'ack'; load: string; seq: number }
  | { type: 'rules'; rules: PageRules | null }
  /** Hand on again what the page's ring has: a panel has come that has seen nothing. */
  | { type: 'replay' }
  /** Empty the client's queue, as the platform's own lifecycle would. */
  | { type: 'flush' }
  /** The user took the host's permission back: the page gets its originals back. */
  | { type: 'detach' };

/** Background to the relays of a tab whose ports ended with a stopped background (`tabs.sendMessage`): connect again. */
export interface Wake {
  type: 'wake';
}

/** Background to panel. */
export type ToPanel =
  | ({ type: 'facts' } & Envelope)
  | { type: 'notes'; notes: Note[] }
  /** In force for this tab, from the background's own state: what the panel shows, whatever a page says. */
  | { type: 'override'; override: Override | null }
  /** The test session that this tab is recorded for. */
  | { type: 'recording'; recording: RecordingStatus | null };

/** Panel to background. `ack`: all facts of this page load up to `seq` are in the log. */
export type FromPanel =
  | { type: 'ack'; load: string; seq: number }
  | { type: 'flush' }
  /** Sent once, by a panel that has seen nothing yet. */
  | { type: 'replay' };

/** Questions to the background (`runtime.sendMessage`), each with its answer. An error arrives as `{error}`. */
export interface Requests {
  'override.set': { ask: { tab: number; override: Override }; answer: null };
  'override.clear': { ask: { tab: number }; answer: null };
  'override.get': { ask: { tab: number }; answer: Override | null };
  /** Reads a URL without cookies and redirects, at most `limit` bytes in 5 s. `text` is null where the status is not 2xx. */
  fetch: { ask: { url: string; limit: number }; answer: FetchAnswer };
  /** Whether the extension may look at this origin, such as `https://some.wiki`. */
  'recording.get': { ask: { tab: number }; answer: RecordingStatus | null };
  /** `stepsByPage`: each page that is loaded in the tab begins a step. */
  'recording.start': {
    ask: { tab: number; name: string; stepsByPage: boolean; repositories: string[] };
    answer: RecordingStatus;
  };
  'recording.stop': { ask: { tab: number }; answer: null };
  'recording.mark': {
    ask: { tab: number; what: 'step' | 'note' | 'pause' | 'resume'; text: string };
    answer: RecordingStatus;
  };
  'host.state': { ask: { origin: string }; answer: 'granted' | 'missing' };
}

export type FetchAnswer =
  | { ok: true; status: number; text: string }
  | { ok: false; status: number | null; reason: 'status' | 'network' | 'timeout' | 'too-large' | 'redirect' };

export type RequestName = keyof Requests;
export type Request = { [K in RequestName]: { request: K } & Requests[K]['ask'] }[RequestName];
