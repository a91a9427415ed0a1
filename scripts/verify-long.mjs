import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutation } from './long/mutation.mjs';
import { rounds } from './long/rounds.mjs';

// `npm run verify:long -- [--minutes 240] [--only lives,records,soak,herd,mutation] [--herd 20000]
// [--rooms domain/calendar,…]`: what takes hours, run by hand. Its report replaces docs/verify-long.md.
const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '240' },
    only: { type: 'string' },
    herd: { type: 'string', default: '20000' },
    rooms: { type: 'string' },
  },
});

const herd = async () => {
  const { status, stdout } = spawnSync(process.execPath, ['bench/run.mjs', 'herd'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, BENCH_HERD: values.herd, NO_COLOR: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  const lines = stdout.split('\n').filter((line) => line.trim() !== '');
  return {
    counts: `a herd of ${values.herd} notices, three times: ${status === 0 ? 'arrived' : 'FAILED'}`,
    failed: status === 0 ? 0 : 1,
    // The heading and one line of each of the two, with their ratio.
    notes: lines.slice(lines.findIndex((line) => line.includes('due at one instant'))).map((line) => line.trim()),
  };
};

const properties = ['tests/domain/case/properties.test.ts', 'tests/domain/calendar/terms.test.ts'];
const parts = {
  lives: {
    name: "random lives of families against the domain's invariants",
    run: (at) => rounds({ ...at, project: 'domain', paths: properties, factor: 20 }),
  },
  records: {
    name: 'random lives through the records: grown command by command, built at once',
    run: (at) => rounds({ ...at, project: 'servers', paths: ['tests/records/integrity.test.ts'], factor: 5 }),
  },
  soak: {
    name: 'server mode under load, one api and one worker killed in each round',
    run: (at) => rounds({ ...at, project: 'slow', paths: ['tests/server/'], factor: 3 }),
  },
  herd: { name: "a morning's herd", run: herd },
  mutation: {
    name: "the domain's tests against wrong changes of the domain",
    run: (at) => mutation({ ...at, rooms: values.rooms }),
  },
};

const minutes = Number(values.minutes);
const chosen = values.only ? values.only.split(',') : Object.keys(parts);
const unknown = chosen.filter((name) => !(name in parts));
if (!(minutes > 0) || unknown.length > 0) {
  console.error(
    `Use: npm run verify:long -- [--minutes N] [--only ${Object.keys(parts).join(',')}] [--herd N] [--rooms FOLDERS]`,
  );
  process.exit(2);
}

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
const commit = `${git('rev-parse', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' with uncommitted changes'}`;
const began = new Date();
const results = [];
for (const [index, name] of chosen.entries()) {
  const part = parts[name];
  const left = began.getTime() + minutes * 60_000 - Date.now();
  const until = Date.now() + left / (chosen.length - index);
  const from = Date.now();
  console.log(`${part.name} …`);
  let result;
  try {
    result = await part.run({ root, until, say: (line) => console.log(`  ${line}`) });
  } catch (error) {
    result = { counts: `broke off: ${error.message.split('\n')[0]}`, failed: 1, notes: [] };
  }
  const lasted = ((Date.now() - from) / 60_000).toFixed(1);
  console.log(`${part.name}: ${result.counts} (${lasted} min)`);
  results.push({ ...part, ...result, lasted });
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB, ${platform()} ${arch()}, Node ${process.versions.node}`;
const lasted = ((Date.now() - began.getTime()) / 60_000).toFixed(0);
const left = Object.keys(parts).filter((name) => !chosen.includes(name));
writeFileSync(
  join(root, 'docs', 'verify-long.md'),
  `# The last long verification

Written by \`npm run verify:long\`; see [operations](operations.md), Checks.

| | |
|---|---|
| commit | ${commit} |
| began | ${began.toISOString()} |
| asked for | ${minutes} minutes; it lasted ${lasted} |
| machine | ${machine} |
${left.length > 0 ? `| left out | ${left.join(', ')} |\n` : ''}
| part | minutes | counts |
|---|---|---|
${results.map(({ name, lasted, counts }) => `| ${name} | ${lasted} | ${counts} |`).join('\n')}
${results.flatMap(({ name, notes }) => (notes.length > 0 ? ['', `## ${name[0].toUpperCase()}${name.slice(1)}`, '', ...notes.map((note) => `- ${note}`)] : [])).join('\n')}
`,
);
const failed = results.reduce((sum, one) => sum + one.failed, 0);
console.log(`\n${failed === 0 ? 'nothing failed' : `${failed} failed`}; docs/verify-long.md`);
process.exitCode = failed === 0 ? 0 : 1;
