import { ConfigError, loadConfig } from '../../platform/config/config.ts';

/** What is wrong with these settings, each fault in its sentence; empty when they are in order. */
export function faultsOf(env: Record<string, string | undefined>): readonly string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}
