/** A folder of this machine as files of a schema repository. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Files } from '../validation/files-repository.ts';
import { messageOf } from './command.ts';

const LIMIT = 1 << 20;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Symbolic links are followed: schema repositories link `1.0.0` to `1.0.0.yaml`. */
export function folder(root: string): Files {
  const base = resolve(root);

  function inside(path: string): string {
    const full = join(base, path);
    if (relative(base, full).startsWith('..')) throw new Error(`${path} leads out of ${root}`);
    return full;
  }

  return {
    async read(path) {
      const full = inside(path);
      try {
        const found = await stat(full);
        if (!found.isFile()) return null;
        if (found.size > LIMIT) throw new Error(`${full} is larger than the ${LIMIT >> 20} MB that are read`);
        return await readFile(full, 'utf8');
      } catch (error) {
        if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(codeOf(error))) return null;
        if (['EACCES', 'EPERM'].includes(codeOf(error))) {
          throw new Error(`${full} may not be read: give yourself the right to, or run as its owner`, { cause: error });
        }
        throw new Error(messageOf(error), { cause: error });
      }
    },
    async list(path) {
      return readdir(inside(path)).catch(() => []);
    },
  };
}
