export class Fault extends Error {}
export function isAlive(pid: number): boolean;
export function commandLine(pid: number): string;
export function waitForEnd(pid: number, timeoutMs: number): Promise<boolean>;
export function endProcess(pid: number, options?: { polite?: NodeJS.Signals; timeoutMs?: number }): Promise<void>;
export function portTrouble(port: number, host?: string): Promise<string | undefined>;
export function freePort(draw?: (start: number, end: number) => number): Promise<number>;
