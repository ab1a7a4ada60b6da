import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve, sep } from 'node:path';

/** Serves a folder's files on a free port of localhost; `url` ends with a slash. */
export async function serveFolder(folder: string): Promise<{ url: string; close(): void }> {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    const file = join(root, decode(request.url ?? '/'));
    const found = file.startsWith(root + sep) && statSync(file, { throwIfNoEntry: false })?.isFile();
    response.writeHead(found ? 200 : 404, {
      'access-control-allow-origin': '*',
      'content-type': 'text/plain; charset=utf-8',
    });
    if (found) createReadStream(file).pipe(response);
    else response.end('There is no such file.\n');
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', done);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function decode(url: string): string {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return '/';
  }
}
