import { completions } from '../../log/query/complete.ts';
import type { Fields } from '../../log/query/compile.ts';
import type { Fault } from '../../log/query/syntax.ts';
import { number } from '../i18n.ts';
import { QueryField } from './query-field.tsx';
import { useSlash } from './use-slash.ts';

export interface ListQuery<T> {
  items: readonly T[];
  fields: Fields<T>;
  /** What is looked for, what is wrong with it, and how many are found. */
  text: string;
  faults: readonly Fault[];
  found: number;
  onWrite(text: string): void;
}

interface Props<T> {
  query: ListQuery<T>;
  label: string;
}

/** The query field over the list of a view: the same language, with the fields of that list. */
export function ListField<T>({ query, label }: Props<T>) {
  const { items, fields, text, faults, found, onWrite } = query;
  useSlash();
  return (
    <div class="find" role="search">
      <QueryField
        text={text}
        faults={faults}
        complete={(written, caret) => completions(written, caret, items, fields)}
        onWrite={onWrite}
        label={label}
        hint={label}
      />
      <span class="found" role="status">
        {found === items.length ? number(found) : `${number(found)} / ${number(items.length)}`}
      </span>
    </div>
  );
}
