import { titleOf } from '../platform/intake.ts';
import { textAt } from '../platform/json.ts';
import type { VerdictName } from '../record/lists.ts';
import type { Json, JsonObject, Verdict } from '../record/record.ts';
import { cached, type SchemaStore } from '../validation/cache.ts';
import { createDraft, type Draft } from '../validation/draft.ts';
import { createFilesRepository } from '../validation/files-repository.ts';
import { createHttpRepositories } from '../validation/http-repository.ts';
import { politely, type Read } from '../validation/read.ts';
import { inOrder, newestOfAll } from '../validation/repositories.ts';
import type { Engine, ParseSchema, Repository, SchemaAnswer, Validator } from '../validation/types.ts';
import { createValidator } from '../validation/validator.ts';
import { counted, isHttp, type RepositoryStatus, type Source, unasked } from './repositories.ts';

export interface PanelValidator extends Validator {
  /** What checks ask about the schema of an event that got this verdict. */
  around(event: Json, verdict: Verdict): Promise<{ schema: JsonObject | null; newest: string | null }>;
  /** A schema of the repositories, in order; of drafts only those that are bound to its URI. */
  read(uri: string): Promise<SchemaAnswer>;
  /** The newest version of a schema; null where no repository tells. */
  newest(title: string): Promise<string | null>;
}

export interface ValidatorTools {
  engine: Engine & { parse: ParseSchema };
  read: Read;
  /** Where schemas are kept from one panel to the next. */
  store: SchemaStore;
}

type OnStatus = (status: RepositoryStatus[]) => void;

/** Of these the schema was read. */
const JUDGED: readonly VerdictName[] = ['valid', 'invalid'];

const isOfStream = (repository: Repository): repository is Draft =>
  'stream' in repository && typeof repository.stream === 'string';

/** Makes validators over one engine, that read from these sources, in order; each answer of a repository is counted. */
export function validatorFactory({ engine, read, store }: ValidatorTools) {
  const { parse } = engine;

  /** Drafts find what their `$ref`s name in all other places but drafts. */
  function repositoriesOf(sources: readonly Source[]): Repository[] {
    const all: Repository[] = [];
    const places: Repository[] = [];
    const bases = sources.filter(isHttp).map(({ base }) => base);
    const http = createHttpRepositories(bases, { read: politely(read), parse });
    for (const source of sources) {
      const repository = repositoryOf(source, http, places);
      all.push(repository);
      if (source.kind !== 'draft') places.push(repository);
    }
    return all;
  }

  function repositoryOf(source: Source, http: Repository[], others: readonly Repository[]): Repository {
    switch (source.kind) {
      case 'http': {
        const found = http.find(({ name }) => name === source.base);
        if (!found) throw new Error(`${source.base} is no repository`);
        return source.kept ? cached(found, store) : found;
      }
      case 'folder':
        return createFilesRepository(source.name, source.files, { parse, others });
      case 'draft':
        return createDraft(source.text, source.binding, { parse, others });
    }
  }

  return (sources: readonly Source[], onStatus: OnStatus): PanelValidator => {
    let status = sources.map(unasked);
    const repositories = repositoriesOf(sources);
    const watched = repositories.map((repository, index): Repository => ({
      ...repository,
      async read(uri, within) {
        const answer = await repository.read(uri, within);
        status = status.map((old, at) => (at === index ? counted(old, answer) : old));
        onStatus(status);
        return answer;
      },
    }));
    const schemas = inOrder(watched.filter(one => !isOfStream(one)));
    const newest = newestOfAll(repositories.filter(one => !('stream' in one)));
    const validator = createValidator({ engine, repositories: [schemas], drafts: watched.filter(isOfStream) });
    const drafts = repositories.filter(isOfStream);

    return {
      ...validator,
      async around(event, { verdict }) {
        if (!JUDGED.includes(verdict)) return { schema: null, newest: null };
        const uri = textAt(event, '$schema') ?? '';
        const stream = textAt(event, 'meta', 'stream');
        const draft = drafts.find(one => one.stream === stream);
        const answer = await (draft ?? schemas).read(uri);
        const schema = answer.found ? answer.schema : null;
        return { schema, newest: draft ? null : await newest(titleOf(uri)) };
      },
      read: uri => schemas.read(uri),
      newest,
    };
  };
}
