import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvFile } from './lib/env-file.mjs';
import { Fault, parentOf } from './lib/process.mjs';
import { createProduct } from './start/product.mjs';
import { openDataFolder } from './start/data-folder.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line) => console.log(line);

let product;
let data;
let ending;

const end = (exitCode) => {
  ending ??= (async () => {
    await product?.stop();
    data?.release();
    process.exit(exitCode);
  })();
  return ending;
};

const fail = (error) => {
  console.error(error instanceof Fault ? `\n${error.message}` : error);
  return end(1);
};

let firstSignalAt = 0;
const onSignal = (signal) => {
  // A terminal and npm both pass Ctrl-C on, so that it arrives twice at once.
  if (firstSignalAt && Date.now() - firstSignalAt < 2_000) return;
  if (firstSignalAt) {
    say('Ending at once.');
    product?.kill();
    data?.release();
    process.exit(1);
  }
  firstSignalAt = Date.now();
  say(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal}: stopping (again to end at once) …`);
  void end(0);
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => onSignal(signal));

// Whoever read our words may go away (`npm start | head`); the product stays.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.on('uncaughtException', (error) => void fail(error));

/** A killed npm leaves its script running unseen, with or without a shell in between; the script goes with it. */
const leaveWithNpm = () => {
  if (!process.env.npm_lifecycle_event) return;
  const parents = [process.ppid, parentOf(process.ppid)];
  const watch = setInterval(() => {
    if (process.ppid === parents[0] && parentOf(parents[0]) === parents[1]) return;
    clearInterval(watch);
    onSignal('npm has ended');
  }, 1_000).unref();
};

try {
  leaveWithNpm();
  const { values, lines } = readEnvFile(join(root, '.env'), '.env');
  const env = { ...values, ...process.env };
  data = openDataFolder(resolve(root, env.KURATOR_DATA || '.kurator'));
  product = createProduct({ root, env, lines, data, say, giveUp: fail });
  await product.start();
} catch (error) {
  if (!ending) await fail(error);
}
