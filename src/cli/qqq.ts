/**
 * The documentation of messages as translatewiki.net takes it: a file of the pseudo-language `qqq`, each key with what its
 * translators must know (https://translatewiki.net/wiki/Translating:Tech). It stands beside the extension, not within:
 * browsers would load it as a language.
 * @param messages of `_locales/en/messages.json`
 * @returns JSON text with a line end
 */
export function qqqOf(messages: { [key: string]: { description: string } }): string {
  const documentation = Object.entries(messages).map(([key, { description }]) => [key, description]);
  return `${JSON.stringify(Object.fromEntries(documentation), null, 2)}\n`;
}
