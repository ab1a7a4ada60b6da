import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveFolder } from '../../../src/cli/static-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspector-served-'));
let server: Awaited<ReturnType<typeof serveFolder>>;

beforeAll(async () => {
  mkdirSync(join(folder, 'base/my/schema'), { recursive: true });
  writeFileSync(join(folder, 'base/my/schema/1.0.0'), 'title: my/schema\n');
  writeFileSync(join(folder, 'secret'), 'secret');
  server = await serveFolder(join(folder, 'base'));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** A path exactly as written: `fetch` would tidy it up. */
function raw(path: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', data => (answer += data));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('serveFolder', () => {
  it('gives a file as it is, to any page', async () => {
    const response = await fetch(`${server.url}my/schema/1.0.0`);
    expect(await response.text()).toBe('title: my/schema\n');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each(['my/schema/2.0.0', 'my/schema', ''])('has nothing at "%s"', async path => {
    expect((await fetch(server.url + path)).status).toBe(404);
  });

  it.each(['/../secret', '/..%2fsecret', '/%2e%2e/secret', '//secret', '/%', '/my/../../secret'])(
    'does not leave its folder for %s',
    async path => {
      const answer = await raw(path);
      expect(answer).toMatch(/^HTTP\/1\.1 404/);
      expect(answer).not.toContain('secret');
    },
  );
});
