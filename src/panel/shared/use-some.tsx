import { useState } from 'preact/hooks';
import { number, t } from '../i18n.ts';

/** The first of a long list, and a button that shows as many more. */
export function useSome<T>(all: readonly T[], each = 50) {
  const [count, setCount] = useState(each);
  const rest = all.length - count;
  const more = rest > 0 && (
    <button type="button" class="button quiet" onClick={() => setCount(count + each)}>
      {t('showMore', number(rest))}
    </button>
  );
  return { shown: all.slice(0, count), more };
}
