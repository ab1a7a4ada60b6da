/** An intake of the user's own: another origin than the wiki. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../../../src/record/record.ts';

export interface UserIntake {
  url: string;
  events: Json[];
  close(): void;
}

export async function startIntake(): Promise<UserIntake> {
  const events: Json[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (body) events.push(...([JSON.parse(body)] as Json[]).flat());
      response.writeHead(201, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }).end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events`;
  return { url, events, close: () => void server.close() };
}
