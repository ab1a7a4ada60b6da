import { useMemo, useState } from 'preact/hooks';
import type { Fields } from '../../log/query/compile.ts';
import { search } from '../../log/query/list.ts';
import type { ListQuery } from './list-field.tsx';

/** A list under a query: what it finds, in the list's order, and what `ListField` shows of it. */
export function useListQuery<T>(items: readonly T[], fields: Fields<T>): { found: T[]; query: ListQuery<T> } {
  const [text, onWrite] = useState('');
  const { found, faults } = useMemo(() => search(items, text, fields), [items, text, fields]);
  return { found, query: { items, fields, text, faults, found: found.length, onWrite } };
}
