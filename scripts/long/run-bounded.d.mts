export function runBounded(
  args: readonly string[],
  how: { cwd: string; env?: Record<string, string>; seconds: number; sign: () => unknown },
): Promise<{ killed: boolean; output: string }>;
