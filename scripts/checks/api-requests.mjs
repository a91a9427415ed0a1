import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess, freePort } from '../lib/process.mjs';
import { findSchemathesis } from '../lib/schemathesis.mjs';

const fewest = 5_000;
const readyWithinMs = 240_000;
/** Two or three minutes on two idle cores; a server that hangs must not hang the check. */
const longestMs = 900_000;
const checks = [
  ...['not_a_server_error', 'status_code_conformance', 'content_type_conformance'],
  ...['response_headers_conformance', 'response_schema_conformance'],
];

/** Who asks, and how long: whoever may do more is asked for more. `null`: nobody is signed in. */
const askers = [
  { who: 'curator', phases: 'coverage,fuzzing', examples: 8 },
  { who: 'head', phases: 'fuzzing', examples: 45 },
  { who: null, phases: 'fuzzing', examples: 8 },
];

/** A stream never ends, and a sign-out would end the asker's own session: both have tests of their own. */
const leftOut = '^/api/v1/events$|/sign-out$';

/**
 * The product really running on this machine, asked by Schemathesis with what its own OpenAPI document allows and
 * forbids: no answer of 5xx, none that the document does not describe.
 * @param {string} root
 */
export const apiRequests = (root) => ({
  name: 'requests made from the API’s own document',
  alone: true,
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kurator-requests-'));
    const data = join(folder, 'data');
    const port = await freePort();
    const origin = `http://localhost:${port}`;
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: root,
      env: { ...process.env, KURATOR_DATA: data, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    try {
      await waitUntilReady(child);
      const results = await Promise.all(askers.map((asker) => ask({ asker, root, origin, folder })));
      return sumUp(results, join(data, 'logs', 'api.log'));
    } catch (error) {
      return { passed: 0, failed: 1, output: error.message };
    } finally {
      await endProcess(child.pid, { timeoutMs: 40_000 });
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

const waitUntilReady = async (child) => {
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  for (const until = Date.now() + readyWithinMs; !said.includes('Ctrl-C stops it'); await sleep(100))
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the product did not start:\n${said}`);
};

const ask = async ({ asker: { who, phases, examples }, root, origin, folder }) => {
  const cookie = who === null ? '' : await signIn({ root, origin, who });
  const own = join(folder, String(who));
  mkdirSync(own);
  const document = join(own, 'openapi.json');
  writeFileSync(document, JSON.stringify(await documentWithCases(origin, cookie)));
  const args = ['run', document, '--url', origin, '--checks', checks.join(','), '--phases', phases];
  // One thread each: with more, Python 3.11 sometimes fails in the middle of reading its own source.
  args.push(
    '--workers',
    '1',
    '--max-examples',
    String(examples),
    '--seed',
    '1',
    '--no-shrink',
    '--continue-on-failure',
  );
  args.push('--exclude-path-regex', leftOut, '--warnings', 'off', '--request-timeout', '30');
  if (cookie) args.push('--header', `Cookie: ${cookie}`);
  const { code, output } = await run(findSchemathesis(), args, own);
  const counted = /(\d+) generated/.exec(output);
  return { who, code, asked: Number(counted?.[1] ?? 0), output };
};

const run = (file, args, cwd) =>
  new Promise((done, fail) => {
    const child = spawn(file, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
    const limit = setTimeout(() => child.kill('SIGKILL'), longestMs);
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', fail);
    child.on('close', (code) => {
      clearTimeout(limit);
      done({ code: code ?? 1, output });
    });
  });

const signIn = async ({ root, origin, who }) => {
  // Read without a parser: set-up and checks are plain Node.
  const password = /^password: (.+)$/m.exec(readFileSync(join(root, 'cli', 'demo-data', 'office.yaml'), 'utf8'))?.[1];
  const answer = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${who}@demo.example`, password }),
  });
  if (!answer.ok) throw new Error(`${who} could not sign in: ${answer.status}`);
  return answer.headers.getSetCookie()[0].split(';')[0];
};

/** The product's document, with ids of cases that are there beside any others: else every path ends at "no such case". */
const documentWithCases = async (origin, cookie) => {
  const get = async (path) => (await fetch(`${origin}${path}`, { headers: { cookie } })).json();
  const document = await get('/openapi.json');
  const ids = cookie ? (await get('/api/v1/cases')).items.map(({ id }) => id) : [];
  if (ids.length > 0)
    for (const [path, methods] of Object.entries(document.paths))
      for (const { parameters = [] } of Object.values(methods))
        for (const parameter of parameters)
          if (path.startsWith('/api/v1/cases/{id}') && parameter.name === 'id')
            parameter.schema = { anyOf: [{ type: 'string', enum: ids }, parameter.schema] };
  return document;
};

const sumUp = (results, log) => {
  const statuses = { '2xx': 0, '4xx': 0, '5xx': 0 };
  for (const [, status] of readFileSync(log, 'utf8').matchAll(/"status":(\d)\d\d/g)) {
    const name = `${status}xx`;
    if (name in statuses) statuses[name] += 1;
  }
  const asked = results.reduce((sum, result) => sum + result.asked, 0);
  const failing = results.filter(({ code }) => code !== 0);
  const lines = results.map((result) => `  ${result.who ?? 'nobody signed in'}: ${result.asked} requests`);
  lines.push(
    `  answers of the api: ${Object.entries(statuses)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')}`,
  );
  const faults = failing.map(({ who, output }) => `${who ?? 'nobody'}:\n${output.slice(-6_000)}`);
  if (asked < fewest) faults.push(`${asked} requests are fewer than the ${fewest} that make the check worth its name`);
  // An api that refuses everything would pass every check.
  if (statuses['2xx'] < asked / 50) faults.push(`only ${statuses['2xx']} of the requests were answered with a success`);
  return {
    passed: faults.length > 0 ? 0 : asked,
    failed: faults.length,
    output: [...lines, ...faults].join('\n'),
  };
};
