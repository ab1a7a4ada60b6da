/**
 * The one route between the pages of a tab and its panels. The background only passes on: the relay keeps facts until
 * the panel has acknowledged them, so whatever is lost with a stopped background is sent again. Nothing is
 * acknowledged, reordered or kept here.
 */

import type { Browser, Runtime } from 'webextension-polyfill';
import type { Envelope, Note } from '../record/facts.ts';
import type { Override } from '../record/override.ts';
import {
  PANEL_PORT,
  RELAY_PORT,
  type FromPanel,
  type FromRelay,
  type ToPanel,
  type ToRelay,
  type Wake,
} from '../wire/protocol.ts';
import { mayWatch } from './hosts.ts';
import type { Listening } from './listening.ts';
import type { RecordingStatus } from '../recording/types.ts';
import type { Notes } from './notes.ts';
import type { Recorder } from './recorder.ts';
import { contentFrame, isOurPage } from './senders.ts';

export interface Routing {
  /** Takes every port of the extension; those that are neither a relay's nor a panel's are closed. */
  connect(port: Runtime.Port): void;
  /** Tells pages and panels of a tab what is in force. */
  announce(tab: number, override: Override | null): void;
  /** The tab's recording began, ended or changed: pages are listened to as long as it lasts, panels are told. */
  recording(tab: number, recording: RecordingStatus | null): void;
  note(tab: number, note: Note): void;
  /** Tells the panels of all tabs in which a page of this origin is open. Kept for none: no tab would have to forget it. */
  noteOfOrigin(origin: string, note: Note): void;
  /** Has the clients of a tab send what they have queued. */
  flush(tab: number): void;
  /** The panel that was expected did not come back. */
  giveUp(tab: number): void;
  /** Permissions went: pages that may not be watched any more are left alone. */
  dismiss(): void;
}

interface Relay {
  port: Runtime.Port;
  load: string | null;
  /** Up to which seq the panel has it all, and the recorder. */
  shown: number;
  kept: number;
}

interface Panel {
  port: Runtime.Port;
  /** It has received all earlier notes; new ones may follow directly. */
  caughtUp: boolean;
}

interface Tab {
  relays: Set<Relay>;
  panels: Set<Panel>;
}

export interface RoutingParts {
  browser: Browser;
  notes: Notes;
  listening: Listening;
  recorder: Pick<Recorder, 'isRecording' | 'facts' | 'note' | 'page' | 'ready' | 'status'>;
  /** Answers after all changes that are under way. */
  currentOverride: (tab: number) => Promise<Override | null>;
}

export function createRouting({ browser, notes, listening, recorder, currentOverride }: RoutingParts): Routing {
  const tabs = new Map<number, Tab>();

  function onceClosed(port: Runtime.Port, closed: () => void): void {
    port.onDisconnect.addListener(() => {
      // Chromium reports an error of the extension where nobody reads why: a page went into the back/forward cache.
      void browser.runtime.lastError;
      closed();
    });
  }

  function tabOf(id: number): Tab {
    const tab = tabs.get(id) ?? { relays: new Set(), panels: new Set() };
    tabs.set(id, tab);
    return tab;
  }

  function forgetIfEmpty(id: number): void {
    const tab = tabs.get(id);
    if (tab && !tab.relays.size && !tab.panels.size) tabs.delete(id);
  }

  const tellRelays = (id: number, message: ToRelay) => {
    for (const { port } of tabs.get(id)?.relays ?? []) post(port, message);
  };
  const tellPanels = (id: number, message: ToPanel) => {
    for (const { port } of tabs.get(id)?.panels ?? []) post(port, message);
  };

  const listen = (id: number, on: boolean): ToRelay => ({ type: 'listen', on, recorded: recorder.isRecording(id) });

  /** Frames whose port went with an earlier background connect again, and say hello. */
  function wake(id: number): void {
    // It fails where no frame of the tab has a relay: nothing to wake there.
    browser.tabs.sendMessage(id, { type: 'wake' } satisfies Wake).catch(() => undefined);
  }

  function connectRelay(id: number, frame: number, port: Runtime.Port): void {
    const relay: Relay = { port, load: null, shown: 0, kept: 0 };
    tabOf(id).relays.add(relay);
    port.onMessage.addListener(message => {
      const said = message as FromRelay;
      relay.load = said.load;
      if (said.type === 'facts') {
        const { load, url, facts, hole } = said;
        tellPanels(id, { ...said, frame });
        void keep(id, relay, { load, frame, url, facts, ...(hole && { hole }) });
      } else {
        void recorder.ready.then(
          () => recorder.page(id, frame, said.load, said.url),
          () => undefined,
        );
        void greet(id, port);
      }
    });
    onceClosed(port, () => {
      tabs.get(id)?.relays.delete(relay);
      forgetIfEmpty(id);
    });
  }

  async function keep(id: number, relay: Relay, envelope: Envelope): Promise<void> {
    const seq = await recorder.facts(id, envelope);
    if (seq === null) return;
    relay.kept = Math.max(relay.kept, seq);
    await confirm(id, relay);
  }

  /** A relay forgets what everybody has who is to have it: the panel that is open, or about to be again; the recorder. */
  async function confirm(id: number, relay: Relay): Promise<void> {
    if (relay.load === null) return;
    const isShown = (tabs.get(id)?.panels.size ?? 0) > 0 || (await listening.expects(id));
    const isKept = recorder.isRecording(id);
    const seq = Math.min(isShown ? relay.shown : Infinity, isKept ? relay.kept : Infinity);
    if (seq > 0 && seq < Infinity) post(relay.port, { type: 'ack', load: relay.load, seq });
  }

  async function isDismissed(port: Runtime.Port): Promise<boolean> {
    if (await mayWatch(browser, port.sender?.url)) return false;
    post(port, { type: 'detach' });
    return true;
  }

  async function greet(id: number, port: Runtime.Port): Promise<void> {
    if (await isDismissed(port)) return;
    post(port, listen(id, await isListenedTo(id)));
    post(port, { type: 'rules', rules: pageRules(await currentOverride(id)) });
  }

  async function isListenedTo(id: number): Promise<boolean> {
    await recorder.ready.catch(() => undefined);
    const expected = await listening.expects(id);
    return recorder.isRecording(id) || expected || (tabs.get(id)?.panels.size ?? 0) > 0;
  }

  function connectPanel(id: number, port: Runtime.Port): void {
    const panel: Panel = { port, caughtUp: false };
    tabOf(id).panels.add(panel);
    listening.begin(id);
    port.onMessage.addListener(message => {
      const said = message as FromPanel;
      if (said.type === 'ack') acknowledge(id, said);
      else tellRelays(id, said);
    });
    onceClosed(port, () => {
      const { panels } = tabOf(id);
      panels.delete(panel);
      if (!panels.size) {
        listening.end(id);
        quiet(id);
      }
      forgetIfEmpty(id);
    });
    tellRelays(id, listen(id, true));
    wake(id);
    void catchUp(id, panel);
  }

  function acknowledge(id: number, ack: FromPanel & { type: 'ack' }): void {
    for (const relay of tabs.get(id)?.relays ?? []) {
      if (relay.load !== ack.load) continue;
      relay.shown = ack.seq;
      if (recorder.isRecording(id)) void confirm(id, relay);
      else post(relay.port, ack);
    }
  }

  /** Nobody listens any more: but who records does. */
  function quiet(id: number): void {
    if (!recorder.isRecording(id)) tellRelays(id, listen(id, false));
    else for (const relay of tabs.get(id)?.relays ?? []) void confirm(id, relay);
  }

  async function catchUp(id: number, panel: Panel): Promise<void> {
    post(panel.port, { type: 'override', override: await currentOverride(id) });
    const recording = await recorder.status(id);
    if (recording) post(panel.port, { type: 'recording', recording });
    const kept = await notes.of(id);
    if (kept.length) post(panel.port, { type: 'notes', notes: kept });
    panel.caughtUp = true;
  }

  return {
    connect(port) {
      const content = contentFrame(browser, port.sender);
      const panelTab = isOurPage(browser, port.sender) ? tabOfPanel(port.name) : null;
      if (content && port.name === RELAY_PORT) connectRelay(content.tab, content.frame, port);
      else if (panelTab !== null) connectPanel(panelTab, port);
      else port.disconnect();
    },
    announce(id, override) {
      tellPanels(id, { type: 'override', override });
      tellRelays(id, { type: 'rules', rules: pageRules(override) });
      wake(id);
    },
    recording(id, recording) {
      tellPanels(id, { type: 'recording', recording });
      if (recording && recording.problem === null) {
        tellRelays(id, listen(id, true));
        wake(id);
      } else if (tabs.get(id)?.panels.size) tellRelays(id, listen(id, true));
      else quiet(id);
    },
    noteOfOrigin(origin, note) {
      for (const [id, { relays, panels }] of tabs) {
        if (![...relays].some(({ port }) => originOf(port.sender?.url) === origin)) continue;
        recorder.note(id, note);
        for (const { port, caughtUp } of panels) if (caughtUp) post(port, { type: 'notes', notes: [note] });
      }
    },
    note(id, note) {
      recorder.note(id, note);
      const ready = [...(tabs.get(id)?.panels ?? [])].filter(panel => panel.caughtUp);
      for (const { port } of ready) post(port, { type: 'notes', notes: [note] });
      notes.keep(id, note);
    },
    dismiss() {
      for (const { relays } of tabs.values()) for (const { port } of relays) void isDismissed(port);
    },
    flush: id => tellRelays(id, { type: 'flush' }),
    giveUp(id) {
      if (!tabs.get(id)?.panels.size) quiet(id);
    },
  };
}

const pageRules = (override: Override | null) => (override ? ({ ...override, v: 1 } as const) : null);

const originOf = (url = ''): string | null => (URL.canParse(url) ? new URL(url).origin : null);

function tabOfPanel(name: string): number | null {
  const digits = name.startsWith(PANEL_PORT) ? name.slice(PANEL_PORT.length) : '';
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/** A port whose other end has just gone throws; its `onDisconnect` follows and says the same. */
function post(port: Runtime.Port, message: ToRelay | ToPanel): void {
  try {
    port.postMessage(message);
  } catch {
    // Nothing to do: see above.
  }
}
