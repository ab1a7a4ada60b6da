/** The table of checks for the documentation. */

import { CHECKS } from './all.ts';

const cell = (text: string) => text.replace(/\|/g, '\\|');

/** docs/checks.md, as it has to be. */
export function checksTable(): string {
  const rows = CHECKS.map(({ name, severity, what, why, source }) =>
    [`\`${name}\``, severity, what, why, source].map(cell).join(' | '),
  );
  return [
    '# Checks',
    '',
    'What a careful reviewer would point out in an event that the intake may well take. Each can be muted for a stream; what is muted is counted.',
    '',
    `This table of ${CHECKS.length} checks is made from the code: \`npm run docs\` writes it, and a unit test holds it up to date.`,
    '',
    '<!-- prettier-ignore -->',
    '| check | severity | what | why | source |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(row => `| ${row} |`),
    '',
  ].join('\n');
}
