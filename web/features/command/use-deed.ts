import { useRef } from 'react';
import { isDefinite } from './commands.ts';

/** Does a form's deed under one key, renewed only after a definite refusal, so that a repeat never acts twice. */
export function useDeed() {
  const key = useRef<string>(crypto.randomUUID());
  return async <Answer>(deed: (key: string) => Promise<Answer>): Promise<Answer> => {
    try {
      return await deed(key.current);
    } catch (error) {
      if (isDefinite(error)) key.current = crypto.randomUUID();
      throw error;
    }
  };
}
