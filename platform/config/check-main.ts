import { ConfigError, loadConfig } from './config.ts';

// Run by the start before anything else, so that a fault costs no half-started product. 78 is EX_CONFIG of sysexits.h.
try {
  loadConfig(process.env);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 78;
}
