import type { Child } from './child.mjs';

export function startMailbox(options: {
  ports: { mail?: number | undefined };
  asked: string | undefined;
  launch: () => Child | Promise<Child>;
}): Promise<Child>;
