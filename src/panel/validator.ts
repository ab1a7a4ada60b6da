import { createHttpRepositories } from '../validation/http-repository.ts';
import type { Engine, ParseSchema, Repository, Validator } from '../validation/types.ts';
import { createValidator } from '../validation/validator.ts';
import type { Ask } from './ask.ts';
import { counted, type RepositoryStatus } from './repositories.ts';

type OnStatus = (status: RepositoryStatus[]) => void;

/** Makes validators over one engine: schemas are read by the background, and each repository's answers are counted. */
export function validatorFactory(engine: Engine & { parse: ParseSchema }, ask: Ask) {
  return (bases: string[], onStatus: OnStatus): Validator => {
    let status = bases.map((base): RepositoryStatus => ({ base, found: 0, missing: 0, problem: null }));
    const tools = { read: (url: string, limit: number) => ask('fetch', { url, limit }), parse: engine.parse };

    const watched = (repository: Repository, index: number): Repository => ({
      name: repository.name,
      async read(uri) {
        const answer = await repository.read(uri);
        status = status.map((old, at) => (at === index ? counted(old, answer) : old));
        onStatus(status);
        return answer;
      },
    });

    return createValidator({ engine, repositories: createHttpRepositories(bases, tools).map(watched) });
  };
}
