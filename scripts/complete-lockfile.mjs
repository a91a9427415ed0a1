import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// A registry that keeps only the packages of some platforms makes `npm install` drop the others from the lockfile, and
// `npm ci` then refuses the lockfile everywhere. Run this after `npm install`: it puts them back. Their checksums are
// unknown here, so npm takes the registry's.

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = {
  arm64: 'arm64',
  aarch64: 'arm64',
  x64: 'x64',
  ia32: 'ia32',
  arm: 'arm',
  armv7: 'arm',
  ppc64: 'ppc64',
  ppc64le: 'ppc64',
  powerpc64le: 'ppc64',
  s390x: 's390x',
  riscv64: 'riscv64',
  loong64: 'loong64',
  mips64el: 'mips64el',
  wasm32: 'wasm32',
};

/** Which machines a package serves, read off its name: `…-linux-arm64-musl`. */
const platformOf = (name) => {
  const words = name
    .toLowerCase()
    .replaceAll('windows', 'win32')
    .split(/[-/_.]/);
  const os = words.filter((word) => systems.includes(word));
  const cpu = words.flatMap((word) => processors[word] ?? []);
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : [];
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(os.includes('linux') && libc.length && { libc }) };
};

/**
 * The entries that a lockfile lacks.
 * @param {Record<string, { version?: string, dev?: boolean, optionalDependencies?: Record<string, string> }>} packages
 */
export const missingEntries = (packages) => {
  const missing = {};
  for (const [path, entry] of Object.entries(packages))
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const nested = `${path}/node_modules/${name}`;
      const hoisted = `node_modules/${name}`;
      const found = packages[nested] ?? packages[hoisted] ?? missing[hoisted];
      const platform = platformOf(name);
      // A range, or a package for every machine, is npm's own business.
      if (found || !/^\d+\.\d+\.\d+/.test(version) || (!platform.os && !platform.cpu)) continue;
      missing[hoisted] = { version, ...platform, ...(entry.dev && { dev: true }), optional: true };
    }
  return missing;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = join(fileURLToPath(new URL('..', import.meta.url)), 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingEntries(lock.packages);
  const sorted = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
  console.log(`package-lock.json: ${Object.keys(missing).length} packages of other platforms put back`);
}
