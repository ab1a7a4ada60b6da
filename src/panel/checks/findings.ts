import { createChecks } from '../../checks/registry.ts';
import { subjectOf, type Surroundings } from '../../checks/subject.ts';
import type { Log, PageLoad } from '../../log/types.ts';
import { isJsonObject } from '../../platform/json.ts';
import type { Finding, JsonObject, Record, Verdict } from '../../record/record.ts';

/** What is known around an event: its stream's config, its schema, and that schema's newest version. */
export interface Around {
  config: JsonObject | null;
  schema: JsonObject | null;
  newest: string | null;
}

export interface Findings {
  /** What is known of an event that got this verdict: it can be checked now. */
  judged(verdict: Verdict, around: Around): void;
  /** Checks what is due. Cheap when nothing is. */
  wake(): void;
  /** Forgets what checks remember of earlier records. */
  forget(): void;
  /** Resolves when every record that has a verdict has been checked. */
  settled(): Promise<void>;
}

export interface FindingsOptions {
  log: Log;
  later(run: () => void, milliseconds: number): void;
  now(): number;
  /** Called when findings came in: the view is to be updated. */
  onFindings(): void;
}

/**
 * Where a verdict carries what is known around its event. A WeakMap would do the same, but a collection of garbage goes
 * through all of it: with 100,000 verdicts that took longer than the checks.
 */
const AROUND = Symbol('around');
type Judged = Verdict & { [AROUND]?: Around };

/** Milliseconds: so long it works at a time, and so long it leaves the panel to others in between. */
const SLICE = 6;
const REST = 14;

/**
 * Sets the findings of each record once it has its verdict, in the order of the calls: checks that remember would take
 * another order for a gap. One whose verdict is slow to come holds up those after it.
 */
export function createFindings({ log, later, now, onFindings }: FindingsOptions): Findings {
  const checks = createChecks();
  let last: Around | null = null;
  const loads = new Map<string, PageLoad>();
  let resting = false;

  function loadOf(id: string): PageLoad | undefined {
    if (!loads.has(id)) {
      // Those that the log has let go of go here too.
      loads.clear();
      for (const load of log.loads) loads.set(load.load, load);
    }
    return loads.get(id);
  }

  function find(index: number, record: Record): Finding[] {
    const around: Surroundings = { ...(record.verdict as Judged)[AROUND], now: now() };
    const atCall = log.atCall(index);
    if (isJsonObject(atCall)) around.atCall = atCall;
    const context = loadOf(record.page.load)?.context;
    if (context) {
      const { wiki, instruments, experiments } = context;
      around.page = { wiki, instruments, experiments };
    }
    const subject = subjectOf(record, around);
    return subject ? checks.of(subject) : [];
  }

  /** The next record that can be checked; undefined where there is none. */
  function next(): number | undefined {
    for (const index of log.unchecked()) {
      const record = log.records[index];
      // A call that waits gets its verdict when it no longer does.
      if (!record || record.decision.state === 'waiting') continue;
      const verdict: Judged = record.verdict;
      return verdict.verdict === 'none' || verdict[AROUND] ? index : undefined;
    }
    return undefined;
  }

  function slice(): void {
    const end = performance.now() + SLICE;
    let count = 0;
    for (let index = next(); index !== undefined; index = next()) {
      const record = log.records[index];
      if (record) log.findings(index, find(index, record));
      count++;
      if (performance.now() >= end) break;
    }
    if (count > 0) onFindings();
  }

  function wake(): void {
    if (resting || next() === undefined) return;
    slice();
    resting = true;
    later(() => {
      resting = false;
      wake();
    }, REST);
  }

  return {
    judged(verdict, around) {
      // Most events have the same around them as the one before.
      if (!last || !isSame(last, around)) last = around;
      Object.defineProperty(verdict, AROUND, { value: last, configurable: true });
      wake();
    },
    wake,
    forget: () => checks.forget(),
    async settled() {
      while (next() !== undefined) {
        slice();
        // The panel goes on in between.
        await new Promise(resolve => setTimeout(resolve));
      }
    },
  };
}

const isSame = (one: Around, other: Around): boolean =>
  one.config === other.config && one.schema === other.schema && one.newest === other.newest;
