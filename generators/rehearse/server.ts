import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { createServer } from 'node:net';

/** A server on this machine that others cannot reach. */
export interface Server {
  /** Host and port. */
  address: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts a server on a free port. */
export async function listening(server: HttpServer): Promise<Server> {
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, HOST, done);
  });
  return {
    address: `${HOST}:${numberOf(server.address())}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** The address of a port that was free a moment ago, for a program that must be told one. */
export async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, HOST, done);
  });
  const port = numberOf(server.address());
  await new Promise((done) => server.close(done));
  return `${HOST}:${port}`;
}

const numberOf = (address: ReturnType<HttpServer['address']>): number =>
  typeof address === 'object' && address !== null ? address.port : 0;

/** The port of an address. */
export const portOf = (address: string): string => address.slice(address.lastIndexOf(':') + 1);

const MOST_BYTES = 1024 * 1024;

/** The body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) {
    text += String(part);
    if (text.length > MOST_BYTES) throw new Error('the body is too long');
  }
  return text;
}
