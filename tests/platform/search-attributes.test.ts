import { randomBytes } from 'node:crypto';
import { NativeConnection } from '@temporalio/worker';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { expect, inject, it } from 'vitest';
import { searchAttributes as registered } from '../../scripts/lib/temporal.mjs';
import { ensureSearchAttributes, searchAttributes } from '../../platform/temporal/search-attributes.ts';

it('a namespace without the attributes gets them, once', async () => {
  const address = inject('temporalAddress');
  const namespace = `bare-${randomBytes(6).toString('hex')}`;
  const client = await Connection.connect({ address });
  await client.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') });
  const connection = await NativeConnection.connect({ address });
  await ensureSearchAttributes(connection, namespace);
  await ensureSearchAttributes(connection, namespace);
  const { customAttributes } = await client.operatorService.listSearchAttributes({ namespace });
  expect(customAttributes).toMatchObject(searchAttributes);
  await Promise.all([connection.close(), client.close()]);
});

it('set-up registers the same ones', () => {
  expect(Object.keys(registered).sort()).toEqual(Object.keys(searchAttributes).sort());
});
