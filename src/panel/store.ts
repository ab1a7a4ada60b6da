import type { Log, PageLoad } from '../log/types.ts';
import type { Record } from '../record/record.ts';
import type { Rebuilt } from '../test-session/rebuild.ts';
import type { FetchAnswer, FromPanel, ToPanel } from '../wire/protocol.ts';
import type { Ask } from './ask.ts';
import type { ConnectionState } from './connection.ts';
import { t } from './i18n.ts';
import type { About } from './header.ts';
import type { Rows } from './rows.ts';
import { createJudging, type Judging, type JudgingOptions } from './store/judging.ts';
import { createOverriding, type Overriding, withOverride } from './store/overriding.ts';
import { createFollowing, type Following } from './store/following.ts';
import { createPicture } from './store/picture.ts';
import { createFinding, type Finding } from './store/finding.ts';
import { createKeeping, type Keeping } from './store/keeping.ts';
import { type Kept, keptOf } from './store/kept.ts';
import { createSelection, type Selection } from './store/selection.ts';
import { createState, failed, type State, type View } from './store/state.ts';
import { createStreamReader, type Streams } from './streams.ts';

export interface PanelOptions extends Pick<JudgingOptions, 'validator' | 'keep' | 'kept' | 'isOnline'> {
  tab: number;
  log: Log;
  ask: Ask;
  send(message: FromPanel): boolean;
  /** Runs before a picture is drawn, `rest` times the last one's time after that; or soon, where none is drawn. */
  frame(run: () => void, rest?: number): void;
  later(run: () => void, milliseconds: number): void;
  now(): number;
  /** Named in exported files. */
  about?: About;
  /** Keeps what the user has chosen for the next panel. */
  remember?(kept: Kept): void;
  /** What the log holds, where that was recorded before. */
  recorded?: Rebuilt;
}

/** The panel without a view. Its parts, one file each in `store/`, share its state. */
export interface Panel extends Overriding, Selection, Judging, Finding, Keeping, Omit<Following, 'log'> {
  /** The id of the tab that it looks at. */
  readonly tab: number;
  readonly state: State;
  readonly log: Log;
  readonly rows: Rows;
  /** What is shown, where that was recorded before; null where it comes from the tab. */
  readonly recorded: Rebuilt | null;
  readonly ask: Ask;
  /** Takes a message of the background at once; answers what it is to be told. The view follows with the next frame. */
  receive(message: ToPanel): FromPanel | null;
  connection(state: ConnectionState): void;
  show(view: View): void;
  /** The record with this id, while the log has it. */
  record(id: string | null): Record | null;
  /** Its index in the log; -1 where it has none. */
  indexOf(id: string | null): number;
  /** Its position among the rows; -1 where it has none. */
  position(id: string | null): number;
  /** The stream configs that the API of this page load's wiki has. */
  configs(load: PageLoad): Promise<Streams>;
  /** Reads a URL without cookies and redirects, at most `limit` bytes. */
  read(url: string, limit: number): Promise<FetchAnswer>;
  /** The page load that the tab's top frame has now. */
  current(): PageLoad | null;
  flush(): void;
  /** Takes up what an earlier panel was set to. */
  recall(kept: Partial<Kept>): void;
  dismiss(): void;
  /** Asks whether the extension may look at this origin. */
  visit(origin: string | null): Promise<void>;
  /** Resolves when every record has its verdict and its findings, and the view shows them. */
  settled(): Promise<void>;
}

/** In milliseconds. */
const SETTLE_EVERY = 250;

/** Makes the panel without a view: everything but the DOM, the browser's own API only through `options`. */
export function createPanel(options: PanelOptions): Panel {
  const { log, ask, now } = options;
  const state = createState();
  const { log: drained, ...following } = createFollowing(log);
  const picture = createPicture({ log: drained, state, frame: options.frame, later: options.later, now });
  const streams = createStreamReader(ask);
  const { changed } = picture;
  let settling = false;

  const { judging, verdicts, findings } = createJudging({
    ...options,
    state,
    streams: load => streams.of(load),
    onChange: () => void changed(),
  });

  /** While something waits for its counterpart, it is looked at again and again until that is decided. */
  function settleSoon(): void {
    if (settling || !log.waits()) return;
    settling = true;
    options.later(() => {
      settling = false;
      log.settle(now());
      verdicts.wake();
      findings.wake();
      void changed();
      settleSoon();
    }, SETTLE_EVERY);
  }

  const finding = createFinding({ state, log, picture, about: options.about ?? { version: '', browser: '' }, now });
  const keeping = createKeeping({ state, log, picture, later: options.later, onClear: findings.forget });

  /** Another page has come to the tab. */
  function arrived(): void {
    if (!state.getState().preserve && log.loads.filter(({ frame }) => frame === 0).length > 1) log.dropEnded();
  }

  state.subscribe((now, before) => {
    const kept = keptOf(now);
    if (!isSame(kept, keptOf(before))) options.remember?.(kept);
  });

  return {
    ...createOverriding({ state, ask, tab: options.tab, now }),
    ...createSelection(state),
    ...judging,
    ...following,
    tab: options.tab,
    ...finding,
    ...keeping,
    state,
    log,
    rows: picture.rows,
    recorded: options.recorded ?? null,
    ask,
    receive(message) {
      switch (message.type) {
        case 'facts': {
          const loads = log.loads.length;
          const seq = log.ingest(message);
          if (log.loads.length > loads) streams.retry();
          if (log.loads.length > loads && message.frame === 0) arrived();
          verdicts.wake();
          findings.wake();
          settleSoon();
          void changed();
          return { type: 'ack', load: message.load, seq };
        }
        case 'notes':
          for (const note of message.notes) log.note(note);
          settleSoon();
          void changed();
          return null;
        case 'override':
          state.setState(old => withOverride(old, message.override, now()));
          return null;
        case 'recording':
          state.setState(old => ({ recording: message.recording, problem: message.recording?.problem ?? old.problem }));
          return null;
      }
    },
    connection: connection => state.setState({ connection }),
    show: view => state.setState({ view }),
    record: id => log.records[picture.indexOf(id)] ?? null,
    position: id => picture.rows.position(picture.indexOf(id)),
    indexOf: picture.indexOf,
    configs: load => streams.of(load),
    read: (url, limit) => ask('fetch', { url, limit }),
    current: () => log.loads.findLast(load => load.frame === 0) ?? null,
    flush() {
      if (!options.send({ type: 'flush' })) state.setState({ problem: t('problemConnection') });
    },
    recall({ query, marks, saved, columns, preserve, limit }) {
      const { find } = state.getState();
      state.setState({
        ...(saved && { saved }),
        ...(columns && { columns }),
        ...(preserve !== undefined && { preserve }),
        find: { ...find, marks: marks ?? find.marks },
      });
      if (limit) keeping.limit(limit);
      if (query) finding.find(query);
    },
    dismiss: () => state.setState({ problem: null }),
    async visit(origin) {
      try {
        state.setState({ host: { origin, state: origin ? await ask('host.state', { origin }) : 'unknown' } });
      } catch (error) {
        failed(state, error);
      }
    },
    async settled() {
      await verdicts.settled();
      await findings.settled();
      await changed();
    },
  };
}

function isSame(one: Kept, other: Kept): boolean {
  return Object.entries(one).every(([key, value]) => other[key as keyof Kept] === value);
}
