import { readFileSync } from 'node:fs';

/** A table as `schema.prisma` says it. */
export interface ModelledTable {
  table: string;
  columns: Record<string, { type: string; nullable: boolean }>;
  primaryKey: string[];
  uniques: string[][];
  indexes: string[][];
}

const types: Record<string, string> = {
  String: 'text',
  Int: 'integer',
  BigInt: 'bigint',
  Boolean: 'boolean',
  Json: 'jsonb',
  Bytes: 'bytea',
  '@db.Uuid': 'uuid',
  '@db.Date': 'date',
  '@db.Timestamptz(3)': 'timestamp(3) with time zone',
};

/** Reads the models of `prisma/schema.prisma`: only what this schema uses, and it fails on anything else. */
export function readModels(): ModelledTable[] {
  const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) =>
    readModel(name ?? '', body ?? ''),
  );
}

function readModel(model: string, body: string): ModelledTable {
  const lines = body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'));
  const columnOf: Record<string, string> = {};
  const read: ModelledTable = { table: model, columns: {}, primaryKey: [], uniques: [], indexes: [] };
  for (const line of lines) {
    if (line.startsWith('@@')) continue;
    const [field = '', declared = ''] = line.split(/\s+/);
    const column = /@map\("(\w+)"\)/.exec(line)?.[1] ?? field;
    const native = /@db\.\w+(\(\d+\))?/.exec(line)?.[0];
    const type = types[native ?? declared.replace('?', '')];
    if (type === undefined)
      throw new Error(`${model}.${field}: type ${native ?? declared} is not known to the drift test`);
    columnOf[field] = column;
    read.columns[column] = { type, nullable: declared.endsWith('?') };
    if (/\s@id\b/.test(line)) read.primaryKey = [column];
    if (/\s@unique\b/.test(line)) read.uniques.push([column]);
  }
  for (const line of lines.filter((candidate) => candidate.startsWith('@@'))) {
    const fields =
      /\[([^\]]*)\]/
        .exec(line)?.[1]
        ?.split(',')
        .map((field) => columnOf[field.trim()] ?? `unknown field ${field}`) ?? [];
    if (line.startsWith('@@id')) read.primaryKey = fields;
    else if (line.startsWith('@@unique')) read.uniques.push(fields);
    else if (line.startsWith('@@index')) read.indexes.push(fields);
    else if (line.startsWith('@@map')) read.table = /"(\w+)"/.exec(line)?.[1] ?? model;
    else throw new Error(`${model}: ${line} is not known to the drift test`);
  }
  return read;
}
