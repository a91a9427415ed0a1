import { RegulationError } from '../../domain/regulation/parse.ts';
import { parseRegulation } from '../../platform/regulations/load.ts';

/** What is wrong with this text of a regulation, read as `town.yaml`; empty when it is in order. */
export function faultsOf(text: string): readonly string[] {
  try {
    parseRegulation(text, 'town.yaml');
    return [];
  } catch (error) {
    if (error instanceof RegulationError) return error.faults;
    throw error;
  }
}
