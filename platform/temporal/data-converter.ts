import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { createPayloadCodec } from './payload-codec.ts';

export const failureConverterPath = fileURLToPath(new URL('./failure-converter.mjs', import.meta.url));

/** The one converter of every client and worker; a process with another one can read nothing of the cases. */
export function createDataConverter(secrets: readonly [Buffer, ...Buffer[]]): DataConverter {
  return { payloadCodecs: [createPayloadCodec(secrets)], failureConverterPath };
}
