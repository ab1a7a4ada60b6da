import { useEffect } from 'preact/hooks';
import { FIELD } from './query-field.tsx';

/** `/` goes to the field, from wherever no text is being written. */
export function useSlash(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const isText = event.target instanceof Element && event.target.closest('input, textarea, select') !== null;
      if (event.key !== '/' || isText || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      document.getElementById(FIELD)?.focus();
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
