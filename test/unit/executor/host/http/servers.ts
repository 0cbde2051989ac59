/**
 * The servers of the tests, in a thread of their own, since guests keep the main thread busy: HTTP/1.1 and HTTPS on
 * loopback. Answers `{http, https, raw, mute}`, their ports, and counts in shared memory the requests
 * that arrive and the connections that are open.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createRawServer, type Server } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { root } from '../../../../../scripts/lib/places.mjs';

const counts = new Int32Array(workerData as SharedArrayBuffer);
const tls = (name: string): Buffer => readFileSync(join(root, 'test', 'fixtures', 'http', 'tls', name));
const megabyte = Buffer.alloc(1 << 20, 'abcdefgh');

const encoders: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
};

const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/hello': (request, response) => {
    response.setHeader('x-method', request.method ?? '');
    response.setHeader('x-transfer', request.headers['transfer-encoding'] ?? 'none');
    response.end('hello');
  },
  '/echo': (request, response) => pipeline(request, response, () => undefined),
  // Echoes once it has all: a client that writes before it reads would otherwise fill every buffer between them.
  '/echo-later': (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => response.end(Buffer.concat(parts)));
  },
  // What arrived: how many bytes, and the hash that the programs compute.
  '/count': (request, response) => {
    let [bytes, hash] = [0, 0];
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      for (const byte of part) hash = (Math.imul(hash, 31) + byte) | 0;
    });
    request.on('end', () => response.end(`${bytes} ${(hash >>> 0).toString(16).padStart(8, '0')}`));
  },
  '/json': (request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ got: JSON.parse(text) as unknown, as: request.headers['content-type'] }));
    });
  },
  // Encodes what it is sent as `Accept-Encoding` asks for, and says so; what it can't encode stays as it is.
  '/encoded': (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const coding = String(request.headers['accept-encoding']);
      response.setHeader('content-encoding', coding);
      response.end((encoders[coding] ?? ((bytes) => bytes))(Buffer.concat(parts)));
    });
  },
  '/trailers-back': (request, response) => {
    request.resume();
    request.on('end', () => response.end(JSON.stringify(request.rawTrailers)));
  },
  '/headers': (request, response) => {
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    response.end(JSON.stringify(request.rawHeaders));
  },
  '/trailers': (_request, response) => {
    response.writeHead(200, { trailer: 'x-sum' });
    response.write('some ');
    response.addTrailers({ 'x-sum': '42' });
    response.end('text');
  },
  '/huge': (_request, response) => {
    let left = 10;
    const more = (): void => {
      while (left-- > 0) {
        if (response.write(megabyte)) continue;
        response.once('drain', more);
        return;
      }
      response.end();
    };
    more();
  },
  '/silent': () => undefined,
  '/stalls': (_request, response) => void response.write('begun'),
  '/slow': (_request, response) => {
    for (let i = 0; i < 5; i++) setTimeout(() => response.write(`part ${i} `), i * 40);
    setTimeout(() => response.end(), 250);
  },
  '/cut': (_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('only this');
    setTimeout(() => response.destroy(), 50);
  },
  '/hang-up': (request) => void request.socket.destroy(),
  '/redirect': (_request, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1/secret' });
    response.end('elsewhere');
  },
};

function serve(request: IncomingMessage, response: ServerResponse): void {
  Atomics.add(counts, 0, 1);
  const route = routes[request.url ?? ''];
  if (route !== undefined) {
    route(request, response);
    return;
  }
  response.statusCode = 404;
  response.end(`no ${request.method} ${request.url}`);
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

const secure = { key: tls('server.key.pem'), cert: tls('server.pem') };
const plain = createServer(serve);
plain.on('connection', (socket) => {
  Atomics.add(counts, 1, 1);
  socket.on('close', () => void Atomics.sub(counts, 1, 1));
});
const http = await listening(plain);
const https = await listening(createSecureServer(secure, serve));
const mute = await listening(createRawServer((socket) => void socket.on('error', () => undefined)));
/** Speaks no HTTP. */
const raw = await listening(
  createRawServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('who is there?\r\n\r\n');
  }),
);
parentPort!.postMessage({ http, https, raw, mute });
