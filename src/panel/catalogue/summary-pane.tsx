import { plural, t } from '../i18n.ts';
import { Name } from '../shared/name.tsx';
import { useSome } from '../shared/use-some.tsx';
import type { KnownStream } from './compare.ts';
import type { Chosen } from './lists.tsx';

interface Props {
  streams: readonly KnownStream[];
  hasApi: boolean;
  onChoose: (chosen: Chosen) => void;
}

/** What is to be known of all streams before one is chosen: where the page and its API do not agree. */
export function SummaryPane({ streams, hasApi, onChoose }: Props) {
  const differing = streams.filter(({ differences }) => differences > 0);
  const unregistered = streams.filter(({ page }) => page === undefined);
  const undeclared = streams.filter(({ api }) => api === undefined);
  const agreed = streams.length - differing.length - unregistered.length - undeclared.length;
  return (
    <section class="pane summary" aria-label={t('catalogueSummary')}>
      <header>
        <h2>{t('catalogueSummary')}</h2>
      </header>
      {hasApi ? (
        <>
          <p>{plural('catalogueAgreed', agreed)}</p>
          <Group title={plural('catalogueDiffering', differing.length)} streams={differing} onChoose={onChoose} />
          <Group title={plural('cataloguePageOnlyAll', undeclared.length)} streams={undeclared} onChoose={onChoose} />
          <Group
            title={plural('catalogueApiOnlyAll', unregistered.length)}
            streams={unregistered}
            onChoose={onChoose}
          />
        </>
      ) : (
        <p>{t('catalogueNothingCompared')}</p>
      )}
      <p class="note">{t('catalogueHint')}</p>
    </section>
  );
}

function Group({ title, streams, onChoose }: { title: string } & Pick<Props, 'streams' | 'onChoose'>) {
  const { shown, more } = useSome(streams, 20);
  if (streams.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul class="plain names">
        {shown.map(({ name }) => (
          <li key={name}>
            <button type="button" class="link" onClick={() => onChoose({ kind: 'stream', name })}>
              <Name name={name} />
            </button>
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}
