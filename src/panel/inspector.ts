import { exportLines } from '../log/export.ts';
import type { Record } from '../record/record.ts';
import { type About, headerOf } from './header.ts';
import type { Panel } from './store.ts';

/** What drivers and the command line read the panel by: `globalThis.inspector` of the panel's page. */
export interface Inspector {
  /**
   * Whether the port to the background is open and its first message came, or a recording is shown; `data-ready="true"`
   * on the root says so, too.
   */
  readonly ready: boolean;
  /** All records, in order of arrival. */
  records(): readonly Record[];
  /** The log as an exported file: NDJSON, the header first, each line ended. */
  lines(): string;
  /** Resolves when every record has its verdict and the view shows what the log has. */
  settled(): Promise<void>;
  /** Reads schemas from these bases (each holds `<title>/<version>`) from now on, in order of preference. */
  setRepositories(bases: string[]): void;
  /** Has the page's clients send what they have queued. */
  flush(): void;
}

export interface Surroundings extends About {
  now(): number;
}

export function createInspector(panel: Panel, about: Surroundings): Inspector {
  const header = () => headerOf(panel.log, panel.state.getState().override, about, about.now());

  return {
    get ready() {
      const { connection } = panel.state.getState();
      return connection === 'connected' || connection === 'recorded';
    },
    records: () => panel.log.records,
    lines: () => [...exportLines(panel.log, header())].map(line => `${line}\n`).join(''),
    settled: () => panel.settled(),
    setRepositories: panel.setRepositories,
    flush: () => panel.flush(),
  };
}
