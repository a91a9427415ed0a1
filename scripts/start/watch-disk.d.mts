export function watchDisk(options: {
  folder: string;
  say: (line: string) => void;
  everyMs?: number;
  measure?: (folder: string) => number;
}): () => void;
