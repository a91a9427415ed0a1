import { createContext, useContext } from 'react';
import type { Step } from './next-steps.ts';

export interface Given extends Step {
  entry?: { seq: number; replacement?: string | undefined };
}

const Context = createContext<(given: Given) => void>(() => undefined);

/** Opens a command's form from any part of the case page. */
export const GiveCommand = Context.Provider;
export const useGiveCommand = (): ((given: Given) => void) => useContext(Context);
