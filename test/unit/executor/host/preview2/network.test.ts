import assert from 'node:assert/strict';
import { Fields } from '../../../../../src/executor/host/preview2/httpFields.ts';
import type { OutputStream } from '../../../../../src/executor/host/preview2/streams.ts';
import { hostFunction } from '../../../../../src/executor/component/hostFunctions.ts';
import { answer, testHost } from './testHost.ts';

const bytes = (string: string): Uint8Array => new Uint8Array(Buffer.from(string));

describe('host: a closed network', () => {
  it('denies sockets and look-ups', () => {
    const host = testHost();
    const network = host.call('wasi:sockets/instance-network', 'instanceNetwork');
    for (const call of [
      () => host.call('wasi:sockets/tcp-create-socket', 'createTcpSocket', 'ipv4'),
      () => host.call('wasi:sockets/udp-create-socket', 'createUdpSocket', 'ipv6'),
      () => host.call('wasi:sockets/ip-name-lookup', 'resolveAddresses', network, 'example.com'),
    ]) {
      assert.equal(answer(call), 'access-denied');
    }
  });

  it('lets functions of sockets link, and traps if one is called', () => {
    const { host } = testHost();
    const call = hostFunction(host, 'wasi:sockets/tcp@0.2.0', '[method]tcp-socket.start-bind', 3)!;
    assert.throws(() => call({}), WebAssembly.RuntimeError);
  });

  it('lets a request be made up, and denies to send it', () => {
    const { host } = testHost();
    const of = (name: string, params: number): ((...args: unknown[]) => unknown) =>
      hostFunction(host, 'wasi:http/types@0.2.0', name, params)!;
    const fields = of('[constructor]fields', 0)() as Fields;
    fields.append('Accept', bytes('*/*'));
    const request = of('[constructor]outgoing-request', 1)(fields);
    of('[method]outgoing-request.set-authority', 2)(request, 'example.com');
    assert.equal(of('[method]outgoing-request.authority', 1)(request), 'example.com');
    const headers = of('[method]outgoing-request.headers', 1)(request) as Fields;
    assert.deepEqual(
      answer(() => headers.append('b', bytes('c'))),
      { tag: 'immutable' },
    );
    const body = of('[method]outgoing-request.body', 1)(request);
    assert.equal(
      answer(() => of('[method]outgoing-request.body', 1)(request)),
      undefined,
    );
    const stream = of('[method]outgoing-body.write', 1)(body) as OutputStream;
    stream.blockingWriteAndFlush(bytes('{}'));
    of('[static]outgoing-body.finish', 2)(body, undefined);
    const handle = hostFunction(host, 'wasi:http/outgoing-handler@0.2.0', 'handle', 2)!;
    assert.deepEqual(
      answer(() => handle(request, undefined)),
      { tag: 'HTTP-request-denied' },
    );
  });

  it('keeps headers in order, compares them without case, and checks their syntax', () => {
    const fields = Fields.fromList([
      ['A', bytes('1')],
      ['b', bytes('2')],
      ['a', bytes('3')],
    ]);
    const values = (name: string): string[] => fields.get(name).map((v) => Buffer.from(v).toString());
    assert.deepEqual(values('a'), ['1', '3']);
    fields.set('B', [bytes('x'), bytes('y')]);
    assert.deepEqual(values('b'), ['x', 'y']);
    fields.delete('A');
    assert.equal(fields.has('a'), false);
    assert.equal(fields.entries().length, 2);
    assert.deepEqual(
      answer(() => fields.append('bad name', bytes(''))),
      { tag: 'invalid-syntax' },
    );
    assert.deepEqual(
      answer(() => fields.append('ok', bytes('a\r\nb'))),
      { tag: 'invalid-syntax' },
    );
    assert.deepEqual(
      answer(() => fields.append('ok', bytes('\u0001'))),
      { tag: 'invalid-syntax' },
    );
    assert.deepEqual(
      answer(() => fields.delete('Host')),
      { tag: 'forbidden' },
    );
    fields.append('ok', bytes('a\tb'));
    fields.append('C', bytes('1'));
    fields.append('OK', bytes('c'));
    const names = fields.entries().map(([name]) => name);
    assert.deepEqual(names, ['b', 'b', 'ok', 'ok', 'c'], 'as hyper keeps them');
  });
});
