/** The server's half of the ResourceLoader: module definitions and their files, from the wiki's own folder or from others'. */

import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { JsonObject } from '../../src/record/record.ts';
import { INSTRUMENT_SOURCE, SOURCES } from '../real/sources.ts';
import type { Generation } from './generation.ts';

type PackageFile = string | { name: string; file?: string; callback?: string; config?: string[] };

interface Definition {
  localBasePath?: string;
  packageFiles: PackageFile[];
  dependencies?: string[];
}

interface Module {
  definition: Definition;
  root: string;
}

export type Modules = Map<string, Module>;

const OWN = join(import.meta.dirname, 'modules');

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/** A module as an extension's manifest defines it. */
function readDefinition(manifest: string, name: string): Definition {
  const definition = readJson<{ ResourceModules: { [name: string]: Definition } }>(manifest).ResourceModules[name];
  if (!definition) throw new Error(`${manifest} has no module ${name}: is this the right repository and commit?`);
  // In a wiki, mediawiki.user is there anyway for a module that names no dependency.
  return { ...definition, dependencies: [...new Set(['mediawiki.user', ...(definition.dependencies ?? [])])] };
}

type Definitions = { [part in Generation | 'base']: { [name: string]: Definition } };

/**
 * The wiki's modules of one generation, by name.
 * @param sources a folder with checkouts of the real clients, whose `extension.json` then defines their modules
 * @throws where a file is missing: the error names it
 */
export function readModules(generation: Generation, sources?: string): Modules {
  const definitions = readJson<Definitions>(join(OWN, 'modules.json'));
  const own = { ...definitions.base, ...definitions[generation] };
  const modules: Modules = new Map(Object.entries(own).map(([name, definition]) => [name, { definition, root: OWN }]));
  if (sources === undefined) return modules;
  const optional = existsSync(join(sources, INSTRUMENT_SOURCE.name)) ? [INSTRUMENT_SOURCE] : [];
  for (const { name: checkout, modules: names } of [...SOURCES, ...optional].filter(
    one => one.generation === generation,
  )) {
    const root = join(sources, checkout);
    for (const name of names)
      modules.set(name, { root, definition: readDefinition(join(root, 'extension.json'), name) });
  }
  return modules;
}

/** What the startup script registers: name, version, dependencies. */
export function registrations(modules: Modules): [string, string, string[]][] {
  return [...modules].map(([name, { definition }]) => [name, '1', definition.dependencies ?? []]);
}

/**
 * The startup script, with the registrations in place.
 */
export function startupScript(modules: Modules): string {
  const script = readFileSync(join(OWN, 'startup.js'), 'utf8');
  return script.replace('/* MODULES */ []', () => JSON.stringify(registrations(modules)));
}

/**
 * One module as a script that hands it to `mw.loader.impl`. Files go in as they are, each as the body of a function.
 * @param virtual makes the package files that have a callback instead of a file
 */
export function moduleScript(modules: Modules, name: string, virtual: (callback: string) => JsonObject): string {
  const module = modules.get(name);
  if (!module) return `mw.loader.moduleRegistry[${JSON.stringify(name)}] = { state: 'missing', dependencies: [] };`;
  const { root, definition } = module;
  const files = definition.packageFiles.map(file => {
    const { name, file: path = name, callback, config } = typeof file === 'string' ? { name: file } : file;
    if (callback !== undefined) return `${JSON.stringify(name)}: ${JSON.stringify(virtual(callback))}`;
    if (config !== undefined) return `${JSON.stringify(name)}: {}`;
    const text = readFileSync(join(root, posix.normalize(join(definition.localBasePath ?? '', path))), 'utf8');
    return `${JSON.stringify(name)}: function (require, module, exports) {\n${text}\n}`;
  });
  const [first] = definition.packageFiles;
  const main = typeof first === 'string' ? first : first?.name;
  return (
    `mw.loader.impl(() => [${JSON.stringify(`${name}@1`)}, ` +
    `{ main: ${JSON.stringify(main)}, files: {\n${files.join(',\n')}\n} }]);`
  );
}
