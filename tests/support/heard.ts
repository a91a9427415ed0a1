import { vi } from 'vitest';

/** What a command prints while it runs, with its exit code; nothing of it reaches the test's own output. */
export async function heard(run: () => Promise<number>): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const into = (stream: 'out' | 'err') => (chunk: string | Uint8Array) => (said[stream] += String(chunk)) !== '';
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(into('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(into('err')),
  ];
  try {
    return { code: await run(), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
