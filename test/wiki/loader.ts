/** The server's half of the ResourceLoader: module definitions and their files, from the wiki's own folder or from others'. */

import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { JsonObject } from '../../src/record/record.ts';

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

/** The clients' modules that real sources replace, each with the checkout that holds it. */
const REAL: { [module: string]: string } = {
  'ext.eventLogging': 'mediawiki-extensions-EventLogging',
  'ext.eventLogging.metricsPlatform': 'mediawiki-extensions-EventLogging',
  'ext.testKitchen': 'mediawiki-extensions-TestKitchen',
};

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/**
 * The wiki's modules by name.
 * @param sources a folder with checkouts of the real clients, whose `extension.json` then defines their modules
 * @throws where a file is missing: the error names it
 */
export function readModules(sources?: string): Modules {
  const own = readJson<{ [name: string]: Definition }>(join(OWN, 'modules.json'));
  const modules: Modules = new Map(Object.entries(own).map(([name, definition]) => [name, { definition, root: OWN }]));
  if (sources === undefined) return modules;
  for (const [name, checkout] of Object.entries(REAL)) {
    const root = join(sources, checkout);
    const manifest = join(root, 'extension.json');
    const definition = readJson<{ ResourceModules: { [name: string]: Definition } }>(manifest).ResourceModules[name];
    if (!definition) throw new Error(`${manifest} has no module ${name}: is this the right repository and commit?`);
    const needs = definition.dependencies ?? [];
    // In a wiki, mediawiki.user is there anyway for a module that names no dependency.
    modules.set(name, {
      root,
      definition: { ...definition, dependencies: [...new Set(['mediawiki.user', ...needs])] },
    });
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
