/** Folders that a user picks or drops, as a repository reads them: file by file, when one is asked for. */

import type { Files } from '../../validation/files-repository.ts';

export interface Folder {
  name: string;
  files: Files;
}

/** In bytes. Schemas in use have 10 kB. */
const LARGEST = 2_000_000;
/** Nothing of these is ever asked for, and they have most of a checkout's files. */
const ASIDE = /(?:^|\/)(?:\.git|node_modules)\//;
/** What the browser says where there is no such file, or where it is a folder. */
const ABSENT = ['NotFoundError', 'TypeMismatchError'];

const isAbsent = (error: unknown) => error instanceof DOMException && ABSENT.includes(error.name);

async function textOf(file: File, path: string, folder: string): Promise<string> {
  if (file.size > LARGEST) throw new Error(`${path} in ${folder} has ${file.size} bytes; ${LARGEST} are read`);
  try {
    return await file.text();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    // A picked file is what it was at that time: once it is written again, Chromium reads no more of it.
    throw new Error(`${path} in ${folder} has changed since, or is gone (${cause}). Choose the folder again`, {
      cause: error,
    });
  }
}

/** The folder that was picked with `<input webkitdirectory>`; null where it is empty. */
export function pickedFolder(list: Iterable<File>): Folder | null {
  const all = [...list].filter(({ webkitRelativePath }) => !ASIDE.test(webkitRelativePath));
  const name = all[0]?.webkitRelativePath.split('/')[0];
  if (name === undefined) return null;
  const byPath = new Map(all.map(file => [file.webkitRelativePath.slice(name.length + 1), file]));
  return {
    name,
    files: {
      async read(path) {
        const file = byPath.get(path);
        return file ? textOf(file, path, name) : null;
      },
      async list(folder) {
        const within = [...byPath.keys()].filter(path => path.startsWith(`${folder}/`));
        return [...new Set(within.map(path => path.slice(folder.length + 1).split('/')[0] ?? ''))];
      },
    },
  };
}

/** The folder that was dropped: it is looked into each time, and shows what was written since. */
export function droppedFolder(entry: FileSystemDirectoryEntry): Folder {
  const file = (path: string) =>
    new Promise<File>((resolve, reject) =>
      entry.getFile(path, {}, found => (found as FileSystemFileEntry).file(resolve, reject), reject),
    );
  const folder = (path: string) =>
    new Promise<FileSystemDirectoryEntry>((resolve, reject) =>
      entry.getDirectory(path, {}, found => resolve(found as FileSystemDirectoryEntry), reject),
    );

  return {
    name: entry.name,
    files: {
      async read(path) {
        let found: File;
        try {
          found = await file(path);
        } catch (error) {
          if (isAbsent(error)) return null;
          throw new Error(`${path} in ${entry.name} cannot be read (${String(error)}). Drop the folder again`, {
            cause: error,
          });
        }
        return textOf(found, path, entry.name);
      },
      async list(path) {
        try {
          return await namesIn(await folder(path));
        } catch {
          return [];
        }
      },
    },
  };
}

/** A reader gives some hundred entries at a time, and none at the end. */
async function namesIn(folder: FileSystemDirectoryEntry): Promise<string[]> {
  const reader = folder.createReader();
  const names: string[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return names;
    names.push(...some.map(({ name }) => name));
  }
}

/** What was dropped: folders, and the texts of single files. To be called in the event itself. */
export function dropped({ items }: DataTransfer): { folders: Folder[]; files: Promise<File>[] } {
  const entries = [...items].flatMap(item => item.webkitGetAsEntry() ?? []);
  return {
    folders: entries.filter(entry => entry.isDirectory).map(entry => droppedFolder(entry as FileSystemDirectoryEntry)),
    files: entries
      .filter(entry => entry.isFile)
      .map(entry => new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))),
  };
}
