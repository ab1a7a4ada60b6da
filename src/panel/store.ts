import type { Log, PageLoad } from '../log/types.ts';
import type { Record } from '../record/record.ts';
import type { FromPanel, ToPanel } from '../wire/protocol.ts';
import type { Ask } from './ask.ts';
import type { ConnectionState } from './connection.ts';
import { t } from './i18n.ts';
import type { Rows } from './rows.ts';
import { createJudging, type Judging, type JudgingOptions } from './store/judging.ts';
import { createOverriding, type Overriding, withOverride } from './store/overriding.ts';
import { createPicture } from './store/picture.ts';
import { createSelection, type Selection } from './store/selection.ts';
import { createState, failed, type State, type View } from './store/state.ts';
import { createStreamReader, type Streams } from './streams.ts';

export interface PanelOptions extends Pick<JudgingOptions, 'validator' | 'keep' | 'kept' | 'isOnline'> {
  tab: number;
  log: Log;
  ask: Ask;
  send(message: FromPanel): boolean;
  /** Runs before the next picture is drawn; or soon, where none is drawn. */
  frame(run: () => void): void;
  later(run: () => void, milliseconds: number): void;
  now(): number;
}

/** The panel without a view. Its parts, one file each in `store/`, share its state. */
export interface Panel extends Overriding, Selection, Judging {
  /** The id of the tab that it looks at. */
  readonly tab: number;
  readonly state: State;
  readonly log: Log;
  readonly rows: Rows;
  /** Takes a message of the background at once; answers what it is to be told. The view follows with the next frame. */
  receive(message: ToPanel): FromPanel | null;
  connection(state: ConnectionState): void;
  show(view: View): void;
  /** The record with this id, while the log has it. */
  record(id: string | null): Record | null;
  /** Its position among the rows; -1 where it has none. */
  position(id: string | null): number;
  /** The stream configs that the API of this page load's wiki has. */
  configs(load: PageLoad): Promise<Streams>;
  /** The page load that the tab's top frame has now. */
  current(): PageLoad | null;
  flush(): void;
  clear(): void;
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
  const picture = createPicture({ log, state, frame: options.frame });
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

  return {
    ...createOverriding({ state, ask, tab: options.tab, now }),
    ...createSelection(state),
    ...judging,
    tab: options.tab,
    state,
    log,
    rows: picture.rows,
    receive(message) {
      switch (message.type) {
        case 'facts': {
          const loads = log.loads.length;
          const seq = log.ingest(message);
          if (log.loads.length > loads) streams.retry();
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
      }
    },
    connection: connection => state.setState({ connection }),
    show: view => state.setState({ view }),
    record: id => log.records[picture.indexOf(id)] ?? null,
    position: id => picture.rows.position(picture.indexOf(id)),
    configs: load => streams.of(load),
    current: () => log.loads.findLast(load => load.frame === 0) ?? null,
    flush() {
      if (!options.send({ type: 'flush' })) state.setState({ problem: t('problemConnection') });
    },
    clear() {
      log.clear();
      picture.clear();
      findings.forget();
      state.setState({ selected: null, open: false });
      void changed();
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
