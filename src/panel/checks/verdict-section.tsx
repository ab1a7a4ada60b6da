import { VERDICT_STEPS, type VerdictName, type VerdictStep } from '../../record/lists.ts';
import type { Fall, Json, Record, VerdictError } from '../../record/record.ts';
import { verdictCell } from '../events/cells.ts';
import { explainVerdict } from '../explain.ts';
import { t } from '../i18n.ts';
import { isRefused } from '../refused.ts';
import { Remedies } from '../settings/remedies.tsx';
import { Section } from '../shared/section.tsx';
import { visible } from '../shared/text.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { explainError, FELL } from './marks.ts';
import './checks.css';

/** A hostile event can have as many errors as members. */
const ERRORS_SHOWN = 50;
/** What can be mended where schemas come from. */
const OF_REPOSITORIES: readonly VerdictName[] = ['unknown-schema', 'unreadable-schema', 'unavailable'];

interface Props {
  record: Record;
  /** Shows the place of this JSON Pointer in the event. */
  onShow(pointer: string): void;
}

/** What the intake would say: the step at which the event falls, and each error with its place, what is expected and what is there. */
export function VerdictSection({ record, onShow }: Props) {
  const { verdict, schema, reconstructed } = record;
  const { errors, cause, fell } = verdict;
  return (
    <Section title={t('column_verdict')} cell={verdictCell(record)}>
      <p>{explainVerdict(verdict)}</p>
      {fell && <Steps fell={fell.step} refused={isRefused(verdict.verdict)} />}
      {reconstructed && <p class="note">{t('reconstructed')}</p>}
      {cause !== undefined && <p class={fell ? 'cause' : 'note'}>{visible(cause, 1_000)}</p>}
      {OF_REPOSITORIES.includes(verdict.verdict) && <Mending unavailable={verdict.verdict === 'unavailable'} />}
      {errors.length === 0 && fell && <FallItem fell={fell} onShow={onShow} />}
      {errors.length > 0 && (
        <ul class="errors">
          {errors.slice(0, ERRORS_SHOWN).map((error, index) => (
            <ErrorItem key={index} error={error} onShow={onShow} />
          ))}
        </ul>
      )}
      {errors.length > ERRORS_SHOWN && <p class="note">{t('moreErrors', errors.length - ERRORS_SHOWN)}</p>}
      {schema !== null && (
        <dl class="facts">
          <dt>{t('schema')}</dt>
          <dd>
            <code>{visible(schema)}</code>
          </dd>
        </dl>
      )}
    </Section>
  );
}

/** The intake's way, up to where the event falls. */
function Steps({ fell, refused }: { fell: VerdictStep; refused: boolean }) {
  const at = VERDICT_STEPS.indexOf(fell);
  return (
    <>
      <ol class="steps" aria-label={t('steps')}>
        {VERDICT_STEPS.map((step, index) => (
          <li
            key={step}
            data-state={index < at ? 'passed' : index > at ? 'beyond' : refused ? 'fell' : 'stopped'}
            aria-current={index === at ? 'step' : undefined}
          >
            {t(`step_${FELL[step]}`)}
          </li>
        ))}
      </ol>
      <p class="fell">
        <b>{t('fellAt', at + 1, VERDICT_STEPS.length)}</b> {t(`fell_${FELL[fell]}`)}
      </p>
    </>
  );
}

function ErrorItem({ error, onShow }: { error: VerdictError; onShow: Props['onShow'] }) {
  const { instancePath, schemaPath, keyword, expected, actual } = error;
  return (
    <li>
      <Place path={error.at ?? instancePath} onShow={onShow} /> <b>{explainError(error)}</b>
      {keyword !== 'required' && keyword !== 'additionalProperties' && <Compared expected={expected} actual={actual} />}
      {keyword === 'additionalProperties' && <Compared expected={undefined} actual={actual} />}
      <div class="more">
        <code>{visible(keyword)}</code> · <code>{visible(schemaPath)}</code>
      </div>
    </li>
  );
}

function FallItem({ fell: { path, expected, actual }, onShow }: { fell: Fall; onShow: Props['onShow'] }) {
  if (path === null && expected === undefined && actual === undefined) return null;
  return (
    <ul class="errors">
      <li>
        {path !== null && <Place path={path} onShow={onShow} />}
        <Compared expected={expected} actual={actual} />
      </li>
    </ul>
  );
}

export function Place({ path, onShow }: { path: string; onShow: Props['onShow'] }) {
  return (
    <button type="button" class="place" title={t('showInEvent')} onClick={() => onShow(path)}>
      <code>{visible(path || '/')}</code>
    </button>
  );
}

function Compared({ expected, actual }: { expected: Json | undefined; actual: Json | undefined }) {
  const rows = [
    [t('expected'), expected],
    [t('actual'), actual],
  ] as const;
  return (
    <dl class="compared">
      {rows.map(
        ([label, value]) =>
          value !== undefined && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <code>{visible(JSON.stringify(value), 300)}</code>
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** What the user can do about schemas that are not found or not read. */
function Mending({ unavailable }: { unavailable: boolean }) {
  const panel = usePanel();
  const repositories = usePanelState(state => state.repositories);
  const remedies = repositories.flatMap(({ problem }) => problem?.remedy ?? []);
  return (
    <p class="mending">
      <button type="button" class="button" onClick={() => panel.show('settings')}>
        {t('repositories')}
      </button>
      <Remedies remedies={unavailable && remedies.length === 0 ? [{ do: 'try-again' }] : remedies} />
    </p>
  );
}
