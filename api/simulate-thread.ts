import { parentPort } from 'node:worker_threads';
import { loadRules } from '../platform/records/load-rules.ts';
import { simulateScenarios, type Scenario } from './services/simulate-scenarios.ts';

/** A thread that plays scenarios: minutes of reckoning must not hold up the process that answers everybody. */
const rules = loadRules();

parentPort?.on('message', (scenarios: Scenario[]) => {
  parentPort?.postMessage(simulateScenarios(rules, scenarios));
});

// The time of a scenario is counted from here on, not from the start of the thread.
parentPort?.postMessage('ready');
