export const packages: { isDone(context: { root: string; mode: string }): boolean };
