import { mute } from '../../checks/mute.ts';
import type { Log, PageLoad } from '../../log/types.ts';
import type { SchemaAnswer } from '../../validation/types.ts';
import type { Ask } from '../ask.ts';
import { createFindings, type Findings } from '../checks/findings.ts';
import type { Dataset } from '../drafts/dataset.ts';
import { DEFAULT_SOURCES, httpSource, isHttp, type RepositoryStatus, type Source, unasked } from '../repositories.ts';
import type { Settings } from '../settings/kept.ts';
import type { Streams } from '../streams.ts';
import type { PanelValidator } from '../validator.ts';
import { createVerdicts, type Verdicts } from '../verdicts.ts';
import type { State } from './state.ts';

/** Verdicts and checks: by which schemas, and which findings are wanted. */
export interface Judging {
  /** Reads schemas from these bases from now on, in order of preference, and judges again what was judged. */
  setRepositories(bases: readonly string[]): void;
  /** The same with folders and drafts. */
  setSources(sources: readonly Source[]): void;
  /** Reads all schemas anew and judges again what was judged. */
  readAgain(): void;
  /** Does so where a failure's cause is over: the browser is online again, a permission was given. */
  recover(): Promise<void>;
  /** Findings of this check in this stream are no longer shown, or are again. */
  mute(stream: string, check: string, on: boolean): void;
  takeSettings(settings: Settings): void;
  /** Changes the dataset that is being drafted. */
  draft(fields: Partial<Dataset>): void;
  /** How much of schemas is kept from one panel to the next. */
  keptSchemas(): Promise<{ schemas: number; bytes: number }>;
  forgetSchemas(): Promise<void>;
  /** A schema of the repositories in force. */
  readSchema(uri: string): Promise<SchemaAnswer>;
  newestVersion(title: string): Promise<string | null>;
  /**
   * Gives the records of another log their verdicts and findings, those that have none; resolves when all have them.
   * @param onVerdict called at each verdict
   */
  judge(other: Log, onVerdict: () => void): Promise<void>;
}

export interface JudgingOptions {
  log: Log;
  state: State;
  ask: Ask;
  streams(load: PageLoad): Promise<Streams>;
  later(run: () => void, milliseconds: number): void;
  now(): number;
  isOnline(): boolean;
  /** Makes the validator that reads schemas from these sources, and reports each answer. */
  validator(sources: readonly Source[], onStatus: (status: RepositoryStatus[]) => void): PanelValidator;
  /** What is kept of schemas. */
  kept: { size(): Promise<{ schemas: number; bytes: number }>; clear(): Promise<void> };
  /** Keeps settings for the next panel. */
  keep(settings: Settings): void;
  onChange(): void;
}

export interface JudgingParts {
  judging: Judging;
  verdicts: Verdicts;
  findings: Findings;
}

export function createJudging(options: JudgingOptions): JudgingParts {
  const { log, state, later, now, onChange } = options;
  const findings = createFindings({ log, later, now, onFindings: onChange });
  const verdicts = createVerdicts({
    log,
    streams: options.streams,
    later,
    onVerdicts: onChange,
    onAround: findings.judged,
  });
  let validator: PanelValidator | null = null;

  const sources = () => state.getState().repositories.map(({ source }) => source);

  function keep(): void {
    options.keep({ repositories: sources().filter(isHttp), muted: state.getState().muted });
  }

  function use(next: readonly Source[]): void {
    state.setState({ repositories: next.map(unasked) });
    const made = options.validator(next, repositories => {
      if (validator !== made) return;
      const before = state.getState().repositories;
      state.setState({ repositories });
      // It answers again: what it could not answer before is asked once more.
      if (repositories.some(({ problem }, index) => problem === null && before[index]?.problem)) verdicts.retry();
    });
    validator = made;
    findings.forget();
    verdicts.use(made);
  }

  function setSources(next: readonly Source[]): void {
    use(next);
    keep();
  }

  return {
    verdicts,
    findings,
    judging: {
      setSources,
      setRepositories: bases => setSources(bases.length > 0 ? bases.map(httpSource) : DEFAULT_SOURCES),
      readAgain: () => use(sources()),
      async recover() {
        const problems = state.getState().repositories.flatMap(({ problem }) => problem?.remedy ?? []);
        const allowed = problems.flatMap(remedy =>
          remedy.do === 'ask-permission' ? [options.ask('host.state', { origin: remedy.origin })] : [],
        );
        const isGranted = (await Promise.all(allowed)).includes('granted');
        const isBack = options.isOnline() && problems.some(remedy => remedy.do === 'connect');
        if (isGranted || isBack) use(sources());
      },
      mute(stream, check, on) {
        state.setState(({ muted }) => ({ muted: mute(muted, stream, check, on) }));
        keep();
      },
      takeSettings({ repositories, muted }) {
        state.setState({ muted });
        setSources([
          ...(repositories.length > 0 ? repositories : DEFAULT_SOURCES),
          ...sources().filter(one => !isHttp(one)),
        ]);
      },
      draft: fields => state.setState(({ dataset }) => ({ dataset: { ...dataset, ...fields } })),
      keptSchemas: () => options.kept.size(),
      forgetSchemas: () => options.kept.clear(),
      readSchema: async uri =>
        validator?.read(uri) ?? { found: false, reason: 'unavailable', message: 'The panel has no repository yet' },
      newestVersion: async title => validator?.newest(title) ?? null,
      async judge(other, onVerdict) {
        if (!validator) return;
        const ownFindings = createFindings({ log: other, later, now, onFindings: () => undefined });
        const own = createVerdicts({
          log: other,
          streams: options.streams,
          later,
          onVerdicts: onVerdict,
          onAround: ownFindings.judged,
        });
        own.use(validator);
        await own.settled();
        await ownFindings.settled();
      },
    },
  };
}
