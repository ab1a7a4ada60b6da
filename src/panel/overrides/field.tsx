import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { visible } from '../shared/text.ts';

/** What is wrong, beside the field in which it is. */
export function FieldError({ id, message }: { id: string; message: string | null }) {
  return (
    <span class="error" id={id} role="alert" data-tone="error">
      {message !== null && visible(message, 500)}
    </span>
  );
}

interface InputProps {
  id: string;
  'data-field': string;
  'aria-invalid': boolean;
  'aria-describedby': string;
}

interface FieldProps {
  /** The rule's field, as the error names it. */
  field: string;
  label: string;
  error: string | null;
  hint?: ComponentChildren;
  children: (props: InputProps) => ComponentChildren;
}

/** A labelled field of the form. */
export function Field({ field, label, error, hint, children }: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({ id, 'data-field': field, 'aria-invalid': error !== null, 'aria-describedby': `${id}-error` })}
      {hint !== undefined && <span class="more">{hint}</span>}
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}

/** So many names are offered to complete what is written. */
export const OFFERED = 300;

/** A name, with those that the page knows to complete it. */
export function NameInput({
  offered,
  value,
  onWrite,
  ...props
}: InputProps & { offered: readonly string[]; value: string; onWrite: (value: string) => void }) {
  const list = useId();
  return (
    <>
      <input
        {...props}
        list={list}
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={event => onWrite(event.currentTarget.value)}
      />
      <datalist id={list}>
        {offered.slice(0, OFFERED).map(one => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}

/** One of a few choices, each with what it means. */
export function Choices<T extends string>({
  label,
  field,
  value,
  choices,
  onChoose,
}: {
  label: string;
  field: string;
  value: T;
  choices: readonly { value: T; label: string; hint?: string }[];
  onChoose: (value: T) => void;
}) {
  const id = useId();
  return (
    <div class="field" role="radiogroup" aria-labelledby={id} data-field={field}>
      <span id={id}>{label}</span>
      <div class="choices">
        {choices.map(choice => (
          <label key={choice.value} class="choice">
            <input
              type="radio"
              name={`${id}-${field}`}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChoose(choice.value)}
            />
            <span>
              {choice.label}
              {choice.hint && <span class="more"> {choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}
