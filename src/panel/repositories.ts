import type { SchemaAnswer } from '../validation/types.ts';

/** Where the platform's schemas are, in EventGate's order. */
export const DEFAULT_REPOSITORIES = [
  'https://schema.wikimedia.org/repositories/primary/jsonschema/',
  'https://schema.wikimedia.org/repositories/secondary/jsonschema/',
];

/** How a repository has answered so far. */
export interface RepositoryStatus {
  base: string;
  found: number;
  missing: number;
  /** The last failure to read it; null once it answered again. */
  problem: string | null;
}

/** The bases of an edited list, one a line; `wrong` holds the lines that are none. A base ends with a slash. */
export function parseBases(text: string): { bases: string[]; wrong: string[] } {
  const bases: string[] = [];
  const wrong: string[] = [];
  for (const line of text.split('\n').map(part => part.trim())) {
    if (!line) continue;
    const base = parseBase(line);
    if (base === null) wrong.push(line);
    else if (!bases.includes(base)) bases.push(base);
  }
  return { bases, wrong };
}

function parseBase(line: string): string | null {
  try {
    const url = new URL(line);
    if (!/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) return null;
    return url.href.endsWith('/') ? url.href : `${url.href}/`;
  } catch {
    return null;
  }
}

/** The status after one more answer. */
export function counted(status: RepositoryStatus, answer: SchemaAnswer): RepositoryStatus {
  if (answer.found) return { ...status, found: status.found + 1, problem: null };
  if (answer.reason === 'not-found') return { ...status, missing: status.missing + 1, problem: null };
  return { ...status, problem: answer.message };
}
