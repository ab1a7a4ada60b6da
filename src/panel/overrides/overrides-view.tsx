import { useMemo } from 'preact/hooks';
import type { ContextFact } from '../../record/facts.ts';
import type { Rule } from '../../record/override.ts';
import { t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { shortUrl, visible } from '../shared/text.ts';
import { useFollowed } from '../shared/use-followed.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { type Tally, whatOf } from '../store/tally.ts';
import { Delivery } from './delivery.tsx';
import { draftOf } from './draft.ts';
import { Editor } from './editor.tsx';
import { isSeen, type Known, knownOf, type Naming, namingTally, unforcedOf } from './known.ts';
import { RuleFiles } from './rule-files.tsx';
import { RuleWords } from './rule-words.tsx';
import { subjectOf } from './words.ts';
import './overrides.css';

/** Every rule in force, what happens to events, and where rules are written, kept and taken from. */
export function OverridesView() {
  const panel = usePanel();
  const { reader, drawn } = useFollowed(panel.followed(namingTally));
  const context = panel.current()?.context ?? null;
  const known = useMemo(() => knownOf(context, whatOf(reader.all())), [context, reader, drawn]);
  return (
    <div class="overrides">
      <div class="column">
        <InForce known={known} context={context} namings={reader} />
        <Delivery />
        <RuleFiles />
      </div>
      <div class="column">
        <Editor known={known} context={context} />
      </div>
    </div>
  );
}

interface InForceProps {
  known: Known;
  context: ContextFact | null;
  namings: Tally<Naming>;
}

function InForce({ known, context, namings }: InForceProps) {
  const override = usePanelState(state => state.override);
  const overriding = usePanelState(state => state.overriding);
  const rules = override?.rules ?? [];
  return (
    <section aria-labelledby="in-force-title" aria-busy={overriding}>
      <h2 id="in-force-title">{t('rulesInForce')}</h2>
      {rules.length === 0 && <p class="note">{t(override ? 'rulesNonePolicy' : 'rulesNone')}</p>}
      <ul class="plain rules">
        {rules.map(rule => (
          <RuleRow key={JSON.stringify(rule)} rule={rule} seen={isSeen(rule, known, context)} />
        ))}
      </ul>
      <Unforced namings={namings} />
    </section>
  );
}

function RuleRow({ rule, seen }: { rule: Rule; seen: boolean }) {
  const panel = usePanel();
  const overriding = usePanelState(state => state.overriding);
  const { kind, name } = subjectOf(rule);
  const label = `${kind} ${visible(name)}`.trim();
  return (
    <li class="rule">
      <RuleWords rule={rule} />
      {!seen && (
        <span class="unseen-yet" title={t('notSeenHint')}>
          {t('notSeen')}
        </span>
      )}
      <span class="tools">
        {!('exposures' in rule || 'cookies' in rule || 'hasty' in rule) && (
          <button
            type="button"
            class="button quiet"
            aria-label={t('ruleEditLabel', label)}
            onClick={() => panel.edit(draftOf(rule))}
          >
            {t('ruleEdit')}
          </button>
        )}
        <button
          type="button"
          class="button quiet"
          data-action="remove"
          aria-label={t('ruleRemoveLabel', label)}
          disabled={overriding}
          onClick={() => void panel.removeRule(rule)}
        >
          <Icon name="close" />
        </button>
      </span>
    </li>
  );
}

const REASONS = {
  opaque: 'unforced_opaque',
  'connect-src': 'unforced_connect_src',
  'sync-xhr': 'unforced_sync_xhr',
  'not-arrived': 'unforced_not_arrived',
} as const;

/** Pages in which the rules do not act, and why. */
function Unforced({ namings }: Pick<InForceProps, 'namings'>) {
  const panel = usePanel();
  const override = usePanelState(state => state.override);
  const since = usePanelState(state => state.since);
  if (!override) return null;
  const found = unforcedOf(panel.log.loads, namings, override, since);
  if (found.length === 0) return null;
  return (
    <div class="unforced" role="alert">
      <Icon name="warning" />
      <div>
        <b>{t('unforced')}</b>
        <ul class="plain">
          {found.slice(0, 20).map(({ load, reason }) => (
            <li key={load.load}>
              {load.frame !== 0 && <span class="frame">{t('frame', load.frame)}</span>}
              <bdi>{visible(/^http/.test(load.url) ? shortUrl(load.url) : load.url, 120)}</bdi>{' '}
              <span class="more" data-reason={reason}>
                {t(REASONS[reason])}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
