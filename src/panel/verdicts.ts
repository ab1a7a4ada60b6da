import { at, isJsonObject, textAt } from '../platform/json.ts';
import type { Log, PageLoad } from '../log/types.ts';
import type { Record, Verdict } from '../record/record.ts';
import type { Around } from './checks/findings.ts';
import type { Streams } from './streams.ts';
import type { PanelValidator } from './validator.ts';

export interface Verdicts {
  /** Looks for records without a verdict, as soon as what runs now has ended. Cheap when there are none. */
  wake(): void;
  /** Judges by another validator from now on, and what was judged before once more. */
  use(validator: PanelValidator): void;
  /** Judges once more what got no verdict because something could not be read. */
  retry(): void;
  /** Resolves when every record has its verdict. */
  settled(): Promise<void>;
}

export interface VerdictOptions {
  log: Log;
  streams(load: PageLoad): Promise<Streams>;
  /** Runs after `milliseconds`. */
  later(run: () => void, milliseconds: number): void;
  /** Called when verdicts came in: the view is to be updated. */
  onVerdicts(): void;
  /** Called after a verdict, with what else is known of the event. */
  onAround(verdict: Verdict, around: Around): void;
}

/** This many are judged at once: a schema that is slow to come does not hold up the others. */
const AT_ONCE = 64;
/** How long events wait for their page to say which API it has, before they are judged without stream configs. */
const PATIENCE = 2_000;
const PENDING: Verdict = { verdict: 'pending', errors: [] };

/** Gives each record of the log its verdict, oldest first. */
export function createVerdicts(options: VerdictOptions): Verdicts {
  const { log } = options;
  const loads = new Map<string, PageLoad>();
  const patient = new Set<PageLoad>();
  const impatient = new WeakSet<PageLoad>();
  let waiters: (() => void)[] = [];
  let validator: PanelValidator | null = null;
  let running = false;
  let again = false;

  function loadOf(id: string): PageLoad | undefined {
    if (!loads.has(id)) {
      // Those that the log has let go of go here too.
      loads.clear();
      for (const load of log.loads) loads.set(load.load, load);
    }
    return loads.get(id);
  }

  /** Whether an event of this page load can be judged now; if not, another look is taken in time. */
  function ready(load: PageLoad): boolean {
    if (load.context || load.ended !== null || impatient.has(load)) return true;
    if (!patient.has(load)) {
      patient.add(load);
      options.later(() => {
        patient.delete(load);
        impatient.add(load);
        wake();
      }, PATIENCE);
    }
    return false;
  }

  async function judge(index: number, by: PanelValidator): Promise<void> {
    const record = log.records[index];
    if (!record) return;
    const { event } = record;
    const load = loadOf(record.page.load);
    const { configs, cause } = load ? await options.streams(load) : { configs: null, cause: null };
    const given = await by.verdict(event, configs, record.page.load);
    if (validator !== by || log.records[index] !== record) return;
    const unread = given.cause === undefined && configs === null && cause !== null;
    const without = `Judged without stream configs (${cause}): stream and schema title are not checked.`;
    const verdict = unread ? { ...given, cause: without } : given;
    log.verdict(index, verdict, event);
    options.onVerdicts();
    const stream = textAt(event, 'meta', 'stream');
    const config = configs && stream !== null ? at(configs, stream) : undefined;
    const around = await by.around(event, verdict);
    options.onAround(verdict, { ...around, config: isJsonObject(config) ? config : null });
  }

  async function run(): Promise<void> {
    running = true;
    do {
      again = false;
      const by = validator;
      if (!by) break;
      const due = log.pending().filter(index => {
        const record = log.records[index];
        const load = record && loadOf(record.page.load);
        return !load || ready(load);
      });
      let next = 0;
      const work = async () => {
        for (let index = due[next++]; index !== undefined && validator === by; index = due[next++]) {
          await judge(index, by);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      again ||= validator !== by;
    } while (again);
    running = false;
    if (log.pending().length === 0) {
      for (const resolve of waiters) resolve();
      waiters = [];
    }
  }

  function wake(): void {
    if (running) again = true;
    else void run();
  }

  function judgeAgain(which: (record: Record) => boolean): void {
    log.records.forEach((record, index) => {
      if (which(record)) log.verdict(index, PENDING);
    });
    wake();
  }

  return {
    wake,
    use(next) {
      const isFirst = validator === null;
      validator = next;
      // What was judged before any validator was there was judged when it was recorded.
      if (isFirst) wake();
      else judgeAgain(({ verdict }) => verdict.verdict !== 'none');
    },
    retry: () => judgeAgain(({ verdict }) => verdict.verdict === 'unavailable'),
    settled() {
      return new Promise(resolve => {
        waiters.push(resolve);
        wake();
      });
    },
  };
}
