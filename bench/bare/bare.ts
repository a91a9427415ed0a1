import { condition, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';

export const touch = defineUpdate<number, [number]>('touch');
export const finish = defineSignal('finish');

/** The floor: an Update that does nothing but come back. What a command costs above it is ours. */
export async function bare(): Promise<void> {
  let finished = false;
  setHandler(touch, (n) => n);
  setHandler(finish, () => {
    finished = true;
  });
  await condition(() => finished);
}
