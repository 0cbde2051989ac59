// A debug adapter whose sessions begin and end, and do nothing else: for what the editor does before one.
import { Buffer } from 'node:buffer';
import process from 'node:process';

let received = Buffer.alloc(0);
let seq = 0;

process.stdin.on('data', (chunk) => {
  received = Buffer.concat([received, chunk]);
  for (;;) {
    const end = received.indexOf('\r\n\r\n');
    if (end === -1) return;
    const length = Number(/Content-Length: (\d+)/.exec(received.subarray(0, end))[1]);
    const start = end + 4;
    if (received.length < start + length) return;
    answer(JSON.parse(received.subarray(start, start + length)));
    received = received.subarray(start + length);
  }
});

function answer({ seq: request_seq, command }) {
  send({ type: 'response', request_seq, command, success: true, body: {} });
  if (command === 'initialize') send({ type: 'event', event: 'initialized' });
  if (command === 'disconnect') send({ type: 'event', event: 'terminated' });
}

function send(message) {
  const json = JSON.stringify({ ...message, seq: ++seq });
  process.stdout.write(`Content-Length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
}
