import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

// A process of its own: the log writes to the standard output and nowhere else.
const script = `
import { createLog } from './platform/telemetry/log.ts';
const fault = Object.assign(new Error('violates check'), { code: '23514', detail: 'Failing row contains (Тестова)', where: 'Тестова' });
createLog('test', 'info').warn({ err: fault }, 'a transaction failed');`;

it('keeps the code of a database fault and strikes out the row that it quotes', () => {
  const line = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(JSON.parse(line)).toMatchObject({
    err: { code: '23514', message: 'violates check', detail: '…', where: '…' },
  });
  expect(line).not.toContain('Тестова');
});
