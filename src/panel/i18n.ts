import type messages from '../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof messages;
/** Messages in two forms, `<name>_one` and `<name>_other`: browsers' own i18n knows no plurals. */
export type PluralKey = MessageKey extends infer K ? (K extends `${infer Name}_other` ? Name : never) : never;

type GetMessage = (key: string, substitutions: string[]) => string;
type Host = { i18n?: { getMessage?: GetMessage; getUILanguage?: () => string } };

/** Read where it is used, not through the polyfill: this file also runs in unit tests, where there is no browser. */
function i18n(): Host['i18n'] {
  const { browser, chrome } = globalThis as { browser?: Host; chrome?: Host };
  return browser?.i18n ?? chrome?.i18n;
}

/** The text for `key` in the user's language, `$1`.. replaced by `subs`; the key itself where there is no browser. */
export function t(key: MessageKey, ...subs: (string | number)[]): string {
  const text = i18n()?.getMessage?.(key, subs.map(String));
  return text || [key, ...subs].join(' ');
}

/** The text for a count, `$1`, in the user's language. */
export function plural(name: PluralKey, count: number, ...subs: (string | number)[]): string {
  const one = new Intl.PluralRules(language()).select(count) === 'one';
  return t(`${name}_${one ? 'one' : 'other'}` as MessageKey, number(count), ...subs);
}

/** A count with the user's thousands separators. */
export function number(count: number): string {
  return new Intl.NumberFormat(language()).format(count);
}

export function language(): string {
  return i18n()?.getUILanguage?.() ?? 'en';
}
