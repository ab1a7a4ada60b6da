import type messages from '../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof messages;
/** Messages in two forms, `<name>_one` and `<name>_other`: browsers' own i18n knows no plurals. */
export type PluralKey = MessageKey extends infer K ? (K extends `${infer Name}_other` ? Name : never) : never;

type GetMessage = (key: string, substitutions: string[]) => string;
type Host = { i18n?: { getMessage?: GetMessage } };

/** Read where it is used, not through the polyfill: this file also runs in unit tests, where there is no browser. */
function i18n(): Host['i18n'] {
  const { browser, chrome } = globalThis as { browser?: Host; chrome?: Host };
  return browser?.i18n ?? chrome?.i18n;
}

/** Texts without anything in them: to ask the browser for one takes longer than all else of a cell in a list. */
const texts = new Map<MessageKey, string>();

/** The text for `key` in the user's language, `$1`.. replaced by `subs`; the key itself where there is no browser. */
export function t(key: MessageKey, ...subs: (string | number)[]): string {
  const known = subs.length === 0 && texts.get(key);
  if (known) return known;
  const text = i18n()?.getMessage?.(key, subs.map(String));
  if (text && subs.length === 0) texts.set(key, text);
  return text || [key, ...subs].join(' ');
}

/**
 * The text for a count, `$1`, in the user's language: in the form that this count has there (`<name>_few`, `_many` ...)
 * where its translators gave one, else in one of the two that all languages have.
 */
export function plural(name: PluralKey, count: number, ...subs: (string | number)[]): string {
  const form = made('plural', () => new Intl.PluralRules(language())).select(count);
  const own = i18n()?.getMessage?.(`${name}_${form}`, [number(count), ...subs.map(String)]);
  return own || t(`${name}_${form === 'one' ? 'one' : 'other'}` as MessageKey, number(count), ...subs);
}

/** A count with thousands separators. */
export function number(count: number): string {
  return made('number', () => new Intl.NumberFormat(language())).format(count);
}

/**
 * The language of the texts, which is not that of the browser where nobody translated them into it: numbers, plurals and
 * what a screen reader speaks go with the texts.
 */
export function language(): string {
  const code = t('language');
  return Intl.DateTimeFormat.supportedLocalesOf(isTag(code) ? code : []).length > 0 ? code : 'en';
}

/** The direction in which the texts are written. */
export function direction(): 'ltr' | 'rtl' {
  return t('direction') === 'rtl' ? 'rtl' : 'ltr';
}

const isTag = (code: string): boolean => /^[a-z]{2,3}(-[A-Za-z\d]{2,8})*$/.test(code);

const formats = new Map<string, unknown>();

/** A format of Intl, made once: making one takes longer than using it a hundred times. */
export function made<T>(name: string, make: () => T): T {
  const known = formats.get(name) as T | undefined;
  if (known) return known;
  const format = make();
  formats.set(name, format);
  return format;
}
