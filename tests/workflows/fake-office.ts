import { randomBytes, randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Activities, PerformAnswer, Standing } from '../../activities/contract.ts';
import { createTemporalClient } from '../../platform/temporal/client.ts';
import { createDataConverter } from '../../platform/temporal/data-converter.ts';
import { createWorker } from '../../worker/worker.ts';
import { quietEngine } from '../support/quiet-engine.ts';

/** Records in memory that keep the activities' contract, so that what is tested is the workflow and the engine alone. */
export interface FakeCase {
  applied: string[];
  wakes: number;
  running: number;
  overlaps: number;
  standing: Standing;
}

export interface FakeOffice {
  client: Client;
  cases: Map<string, FakeCase>;
  /** The case as the records have it, made on first use. */
  caseOf(caseId: string): FakeCase;
  newCase(standing?: Partial<Standing>): string;
  newCommand(caseId: string): string;
  stop(): Promise<void>;
}

export const blankStanding: Standing = {
  institutionId: '00000000-0000-4000-8000-000000000001',
  regulation: 'test@1',
  seq: 0,
  stage: null,
  level: null,
  awaited: [],
  nextDueOn: null,
  nextWakeAt: null,
  actions: [],
  closed: false,
};

export async function openFakeOffice(
  engine: { address: string; namespace: string },
  overrides: (office: FakeOffice) => Partial<Activities> = () => ({}),
  secret: Buffer = randomBytes(32),
): Promise<FakeOffice> {
  quietEngine();
  const client = createTemporalClient({ ...engine, secrets: [secret] });
  const cases = new Map<string, FakeCase>();
  const caseOfCommand = new Map<string, string>();
  const answers = new Map<string, PerformAnswer>();

  const office: FakeOffice = {
    client,
    cases,
    caseOf(caseId) {
      let found = cases.get(caseId);
      if (!found) {
        found = { applied: [], wakes: 0, running: 0, overlaps: 0, standing: { ...blankStanding } };
        cases.set(caseId, found);
      }
      return found;
    },
    newCase(standing = {}) {
      const caseId = randomUUID();
      Object.assign(office.caseOf(caseId).standing, standing);
      return caseId;
    },
    newCommand(caseId) {
      const commandId = randomUUID();
      caseOfCommand.set(commandId, caseId);
      return commandId;
    },
    stop: async () => undefined,
  };

  const base: Activities = {
    async performCommand({ commandId }) {
      const stored = answers.get(commandId);
      if (stored) return stored;
      const record = office.caseOf(caseOfCommand.get(commandId) as string);
      if (record.running > 0) record.overlaps += 1;
      record.running += 1;
      await new Promise((resolve) => setTimeout(resolve, 2));
      record.running -= 1;
      record.applied.push(commandId);
      record.standing = { ...record.standing, seq: record.applied.length };
      const answer = accepted(commandId, record.standing);
      answers.set(commandId, answer);
      return answer;
    },
    async wakeCase({ caseId }) {
      const record = office.caseOf(caseId);
      record.wakes += 1;
      return record.standing;
    },
    async sendRequest() {
      throw new Error('not in this test');
    },
    async recordActionFailed({ caseId }) {
      return office.caseOf(caseId).standing;
    },
    async sendDue() {
      return { sent: 0, nextAt: null };
    },
  };
  const worker = await createWorker({
    ...engine,
    dataConverter: createDataConverter([secret]),
    activities: { ...base, ...overrides(office) },
  });
  office.stop = async () => {
    await worker.stop();
    await client.connection.close();
  };
  return office;
}

/** The answer to a command that was accepted and has brought its case to this standing. */
export const accepted = (commandId: string, standing: Standing): PerformAnswer => ({
  commandId,
  accepted: true,
  code: null,
  plain: null,
  seq: standing.seq,
  standing,
});

/** The history as a list of event types in short words, for counting. */
export async function eventTypes(client: Client, workflowId: string, runId?: string): Promise<string[]> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  return (events ?? []).map((event) => {
    const [name] = Object.keys(event).filter(
      (key) => key.endsWith('EventAttributes') && (event as Record<string, unknown>)[key],
    );
    return (name ?? 'unknown').replace('EventAttributes', '');
  });
}

export async function until(what: string, check: () => boolean | Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
