/** A page's text may hold anything, terminal controls too. */
const harmless = (text: string) => text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd');
const short = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** A table of text for a terminal, with a line end after each row; cells are cut to `most` characters. */
export function textTable(rows: readonly string[][], most = 60): string {
  const lines = rows.map(row => row.map(cell => short(harmless(cell), most)));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  return lines
    .map(
      line =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
