import type { Binding } from '../validation/draft.ts';
import type { Files } from '../validation/files-repository.ts';
import { WIKIMEDIA_BASES } from '../validation/http-repository.ts';
import type { Remedy, SchemaAnswer } from '../validation/types.ts';

/** A base that holds `<title>/<version>`. */
export interface HttpSource {
  kind: 'http';
  base: string;
  /** Its versions never change, so that they are kept from one panel to the next. */
  kept: boolean;
}

/** Where schemas come from. Folders and drafts live as long as the panel. */
export type Source =
  HttpSource | { kind: 'folder'; name: string; files: Files } | { kind: 'draft'; text: string; binding: Binding };

export const isHttp = (source: Source): source is HttpSource => source.kind === 'http';

/** Wikimedia's own keep to their rule that a version never changes; of another nobody knows. */
export const httpSource = (base: string): HttpSource => ({ kind: 'http', base, kept: WIKIMEDIA_BASES.includes(base) });

/** Where the platform's schemas are, in EventGate's order. */
export const DEFAULT_SOURCES: readonly HttpSource[] = WIKIMEDIA_BASES.map(httpSource);

export const nameOf = (source: Source): string =>
  source.kind === 'http' ? source.base : source.kind === 'folder' ? source.name : boundTo(source.binding);

export const boundTo = (binding: Binding): string => ('uri' in binding ? binding.uri : binding.stream);

/** How a repository has answered so far. */
export interface RepositoryStatus {
  source: Source;
  found: number;
  missing: number;
  /** The last failure to read it, and what can be done; null once it answered again. */
  problem: { message: string; remedy: Remedy | null } | null;
}

export const unasked = (source: Source): RepositoryStatus => ({ source, found: 0, missing: 0, problem: null });

/** A base as it was typed, with a slash at its end; null where it is none. */
export function parseBase(line: string): string | null {
  try {
    const url = new URL(line.trim());
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
  return { ...status, problem: { message: answer.message, remedy: answer.remedy ?? null } };
}
