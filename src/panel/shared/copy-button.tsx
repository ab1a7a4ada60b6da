import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n.ts';
import { copy } from './copy.ts';
import { Icon } from './icon.tsx';

const SHOWN = 1_500;

/** Copies what `text` answers at the moment of the click, and says so on the button itself. */
export function CopyButton({ label, text }: { label: string; text: () => string | Promise<string> }) {
  const [done, setDone] = useState<boolean | null>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(() => setDone(null), SHOWN);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <button type="button" class="button quiet" onClick={async () => setDone(await copy(await text()))}>
      <Icon name={done ? 'accepted' : 'copy'} />
      <span aria-live="polite">{done === null ? label : t(done ? 'copied' : 'notCopied')}</span>
    </button>
  );
}
