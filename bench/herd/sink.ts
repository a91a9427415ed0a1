import { SMTPServer } from 'smtp-server';

/**
 * A mail server in a process of its own that keeps nothing and counts: `{ expect: n }` begins a count, and it reports
 * `{ at }` (milliseconds of the epoch) when the n-th different mail to the herd has been answered. Others are not counted.
 */
const port = Number(process.argv[2]);
let wanted = 0;
const seen = new Set<string>();

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onData(stream, session, done) {
    let head = '';
    stream.on('data', (chunk: Buffer) => (head += chunk.toString('latin1')));
    // Read now: the library empties the envelope with its answer.
    const { rcptTo } = session.envelope;
    stream.on('end', () => {
      done();
      if (!rcptTo.some(({ address }) => address.endsWith('@herd.example'))) return;
      const id = /^message-id: *(\S+)/im.exec(head)?.[1];
      if (id) seen.add(id);
      if (wanted > 0 && seen.size === wanted) {
        wanted = 0;
        process.send?.({ at: Date.now() });
      }
    });
  },
});
server.on('error', () => undefined);
server.listen(port, '127.0.0.1', () => process.send?.({ listening: true }));
process.on('message', ({ expect }: { expect: number }) => {
  seen.clear();
  wanted = expect;
});
process.on('disconnect', () => process.exit(0));
