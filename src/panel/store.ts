import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Log, PageLoad } from '../log/types.ts';
import type { DeliveryPolicy, Override, Rule } from '../record/override.ts';
import type { Record } from '../record/record.ts';
import type { Validator } from '../validation/types.ts';
import type { FromPanel, ToPanel } from '../wire/protocol.ts';
import type { Ask } from './ask.ts';
import type { ConnectionState } from './connection.ts';
import { t } from './i18n.ts';
import type { RepositoryStatus } from './repositories.ts';
import { isRefused } from './refused.ts';
import { createRows, type Rows } from './rows.ts';
import { BLANK, type Draft } from './overrides/draft.ts';
import { type Choice, type Target, withChoice, withoutRule, withRule } from './sampling/rules.ts';
import { createStreamReader } from './streams.ts';
import { createVerdicts } from './verdicts.ts';

export const VIEWS = ['events', 'sampling', 'experiments', 'identifiers', 'overrides', 'sessions'] as const;
export type View = (typeof VIEWS)[number];

/** What the extension may do with the page of this tab. `unknown`: not asked yet, or the page has no origin to ask for. */
export interface Host {
  origin: string | null;
  state: 'granted' | 'missing' | 'unknown';
}

export interface PanelState {
  view: View;
  connection: ConnectionState;
  /** Goes up by one whenever the log shows something else; the log itself is not copied. */
  revision: number;
  /** `refused`: accepted by the client, and the intake would refuse them. */
  counts: { records: number; dropped: number; refused: number };
  /** The id of the record under the cursor. */
  selected: string | null;
  /** Whether its details are open. */
  open: boolean;
  /** Goes up whenever the user enters the details by keyboard. */
  entered: number;
  /** Goes up when the selected record changed. */
  selectedRevision: number;
  /** In force for this tab, as the background says; never what a page says. */
  override: Override | null;
  /** An override is on its way to the background. */
  overriding: boolean;
  /** When the rules in force came into force, as far as this panel saw it; milliseconds since the epoch. */
  since: number;
  /** How long after its last change an override lasts, in milliseconds. */
  lasts: number;
  /** The rule that is being written. */
  draft: Draft;
  /** What a file with the rules in force would say of itself. */
  label: { name: string; note: string };
  host: Host;
  repositories: RepositoryStatus[];
  /** What went wrong last, in words, until it is dismissed. */
  problem: string | null;
}

export interface PanelOptions {
  tab: number;
  log: Log;
  ask: Ask;
  send(message: FromPanel): boolean;
  /** Runs before the next picture is drawn; or soon, where none is drawn. */
  frame(run: () => void): void;
  later(run: () => void, milliseconds: number): void;
  now(): number;
  /** Makes the validator that reads schemas from these bases, in order of preference, and reports each answer. */
  validator(bases: string[], onStatus: (status: RepositoryStatus[]) => void): Validator;
  /** Keeps the chosen bases for the next panel. */
  keep(bases: string[]): void;
}

export interface Panel {
  readonly state: StoreApi<PanelState>;
  readonly log: Log;
  readonly rows: Rows;
  /** Takes a message of the background at once; answers what it is to be told. The view follows with the next frame. */
  receive(message: ToPanel): FromPanel | null;
  connection(state: ConnectionState): void;
  show(view: View): void;
  /** Puts the cursor on a record; `open` opens its details, without it they stay as they are. */
  select(id: string, open: boolean): void;
  /** Opens the details and puts the focus there. */
  enter(): void;
  /** Closes the details. */
  close(): void;
  /** The record with this id, while the log has it. */
  record(id: string | null): Record | null;
  /** Its position among the rows; -1 where it has none. */
  position(id: string | null): number;
  /** The page load that the tab's top frame has now. */
  current(): PageLoad | null;
  flush(): void;
  clear(): void;
  dismiss(): void;
  /** Forces streams and instruments, or lets go of them; joined with the rules that are in force. */
  force(targets: Target[], choice: Choice): Promise<void>;
  /** Puts a rule in force, in place of what is about the same thing and of `old`. Answers whether that was taken. */
  setRule(rule: Rule, old?: Rule | null): Promise<boolean>;
  removeRule(rule: Rule): Promise<boolean>;
  /** Puts rules in force, instead of those that are or joined with them. */
  takeRules(rules: readonly Rule[], how: 'join' | 'replace'): Promise<boolean>;
  /** `target`: where events go under `redirect`. */
  policy(policy: DeliveryPolicy, target?: string): Promise<boolean>;
  /** The override ends so many milliseconds from now; so it does after later changes. */
  endIn(lasts: number): Promise<boolean>;
  /** Changes the rule that is being written. */
  write(draft: Partial<Draft>): void;
  /** Begins another rule, from a blank one, where it is written. */
  edit(draft: Partial<Draft>): void;
  label(label: Partial<PanelState['label']>): void;
  everythingOff(): Promise<void>;
  /** Reads schemas from these bases from now on, in order of preference, and judges again what was judged. */
  setRepositories(bases: string[]): void;
  /** Asks whether the extension may look at this origin. */
  visit(origin: string | null): Promise<void>;
  /** Resolves when every record has its verdict and the view shows it. */
  settled(): Promise<void>;
}

/** How long an override lasts. */
export const OVERRIDE_LASTS = 60 * 60_000;

/** In milliseconds. */
const SETTLE_EVERY = 250;

/** Makes the panel without a view: everything but the DOM, the browser's own API only through `options`. */
export function createPanel(options: PanelOptions): Panel {
  const { log, ask, tab } = options;
  const rows = createRows();
  const indexes = new Map<string, number>();
  const streams = createStreamReader(ask);
  let drawing: Promise<void> | null = null;
  let counted = 0;
  let settling = false;
  const noted = { dropped: new Set<number>(), refused: new Set<number>() };

  const state = createStore<PanelState>(() => ({
    view: 'events',
    connection: 'connecting',
    revision: 0,
    counts: { records: 0, dropped: 0, refused: 0 },
    selected: null,
    open: false,
    entered: 0,
    selectedRevision: 0,
    override: null,
    overriding: false,
    since: 0,
    lasts: OVERRIDE_LASTS,
    draft: BLANK,
    label: { name: '', note: '' },
    host: { origin: null, state: 'unknown' },
    repositories: [],
    problem: null,
  }));

  const verdicts = createVerdicts({
    log,
    streams: load => streams.of(load),
    later: options.later,
    onVerdicts: () => void changed(),
  });

  const indexOf = (id: string | null) => (id === null ? -1 : (indexes.get(id) ?? -1));

  function count(index: number): void {
    const record = log.records[index];
    if (!record) return;
    mark(noted.dropped, index, record.decision.state === 'dropped');
    mark(noted.refused, index, record.decision.state === 'accepted' && isRefused(record.verdict.verdict));
  }

  /** Brings rows, counts and selection up to the log: once a frame, whatever came in between. */
  function draw(): void {
    drawing = null;
    const changes = log.drain();
    rows.grow(log.records, log.loads);
    for (; counted < log.records.length; counted++) {
      const record = log.records[counted];
      if (record) indexes.set(record.id, counted);
      count(counted);
    }
    for (const index of changes.changed) count(index);
    const { selected, selectedRevision, revision } = state.getState();
    const touched = changes.changed.includes(indexOf(selected));
    state.setState({
      revision: revision + 1,
      counts: { records: log.records.length, dropped: noted.dropped.size, refused: noted.refused.size },
      selectedRevision: touched ? selectedRevision + 1 : selectedRevision,
    });
  }

  function changed(): Promise<void> {
    drawing ??= new Promise(resolve =>
      options.frame(() => {
        draw();
        resolve();
      }),
    );
    return drawing;
  }

  /** While something waits for its counterpart, it is looked at again and again until that is decided. */
  function settleSoon(): void {
    if (settling || !log.waits()) return;
    settling = true;
    options.later(() => {
      settling = false;
      log.settle(options.now());
      verdicts.wake();
      void changed();
      settleSoon();
    }, SETTLE_EVERY);
  }

  function failed(error: unknown): void {
    state.setState({ problem: error instanceof Error ? error.message : String(error) });
  }

  async function override(next: Override | null): Promise<boolean> {
    state.setState({ overriding: true });
    try {
      if (next) await ask('override.set', { tab, override: next });
      else await ask('override.clear', { tab });
      return true;
    } catch (error) {
      failed(error);
      return false;
    } finally {
      state.setState({ overriding: false });
    }
  }

  /** What is in force with something else about it. A change never lets it end earlier than it would have. */
  function change(next: Partial<Override>): Promise<boolean> {
    const { override: old, lasts } = state.getState();
    const until = Math.max(options.now() + lasts, old?.until ?? 0);
    return override({ rules: [], policy: 'hold-forced', ...old, until, ...next });
  }

  /** Without rules nothing is forced; but that nothing is to be sent, or elsewhere, holds without them too. */
  function rulesAre(rules: Rule[]): Promise<boolean> {
    const policy = state.getState().override?.policy;
    const ends = rules.length === 0 && policy !== 'hold-all' && policy !== 'redirect';
    return ends ? override(null) : change({ rules });
  }

  const inForce = () => state.getState().override?.rules ?? [];

  return {
    state,
    log,
    rows,
    receive(message) {
      switch (message.type) {
        case 'facts': {
          const loads = log.loads.length;
          const seq = log.ingest(message);
          if (log.loads.length > loads) streams.retry();
          verdicts.wake();
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
          state.setState(old => ({
            override: message.override,
            since: sameRules(old.override, message.override) ? old.since : options.now(),
          }));
          return null;
      }
    },
    connection: connection => state.setState({ connection }),
    show: view => state.setState({ view }),
    select: (selected, open) => state.setState(old => ({ selected, open: open || old.open })),
    enter: () => state.setState(old => ({ open: true, entered: old.entered + 1 })),
    close: () => state.setState({ open: false }),
    record: id => log.records[indexOf(id)] ?? null,
    position: id => rows.position(indexOf(id)),
    current: () => log.loads.findLast(load => load.frame === 0) ?? null,
    flush() {
      if (!options.send({ type: 'flush' })) state.setState({ problem: t('problemConnection') });
    },
    clear() {
      log.clear();
      log.drain();
      rows.clear();
      indexes.clear();
      counted = 0;
      noted.dropped.clear();
      noted.refused.clear();
      state.setState({ selected: null, open: false });
      void changed();
    },
    dismiss: () => state.setState({ problem: null }),
    async force(targets, choice) {
      await rulesAre(targets.reduce((all, target) => withChoice(all, target, choice), inForce()));
    },
    setRule: (rule, old = null) => rulesAre(withRule(inForce(), rule, old)),
    removeRule: rule => rulesAre(withoutRule(inForce(), rule)),
    takeRules: (rules, how) =>
      rulesAre(rules.reduce((all, rule) => withRule(all, rule), how === 'join' ? inForce() : [])),
    async policy(policy, target) {
      const { rules = [], until = 0 } = state.getState().override ?? {};
      const end = Math.max(options.now() + state.getState().lasts, until);
      return override({ rules, policy, until: end, ...(target !== undefined && { target }) });
    },
    async endIn(lasts) {
      state.setState({ lasts });
      return state.getState().override ? change({ until: options.now() + lasts }) : true;
    },
    write: draft => state.setState(old => ({ draft: { ...old.draft, ...draft } })),
    edit: draft => state.setState({ draft: { ...BLANK, ...draft }, view: 'overrides' }),
    label: label => state.setState(old => ({ label: { ...old.label, ...label } })),
    async everythingOff() {
      await override(null);
    },
    setRepositories(bases) {
      options.keep(bases);
      state.setState({ repositories: bases.map(base => ({ base, found: 0, missing: 0, problem: null })) });
      verdicts.use(options.validator(bases, repositories => state.setState({ repositories })));
    },
    async visit(origin) {
      try {
        state.setState({ host: { origin, state: origin ? await ask('host.state', { origin }) : 'unknown' } });
      } catch (error) {
        failed(error);
      }
    },
    async settled() {
      await verdicts.settled();
      await changed();
    },
  };
}

function sameRules(one: Override | null, other: Override | null): boolean {
  return JSON.stringify(one?.rules) === JSON.stringify(other?.rules);
}

function mark(set: Set<number>, index: number, on: boolean): void {
  if (on) set.add(index);
  else set.delete(index);
}
