import { commandComponents } from './command-schemas.ts';
import { jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/**
 * The OpenAPI document with only the schemas that something refers to: the zod provider writes each schema twice,
 * as input and as output, and most are used one way only. The body of a command is every command of the table.
 */
export const describeApi: typeof jsonSchemaTransformObject = (input) => {
  const document = jsonSchemaTransformObject(input) as { components?: { schemas?: Record<string, unknown> } };
  const commands = commandComponents();
  const schemas: Record<string, unknown> = { ...document.components?.schemas, ...commands };
  // Any command of the table, or one that a later release knows.
  schemas['CommandBodyInput'] = {
    anyOf: [
      ...Object.keys(commands).map((name) => ({ $ref: `#/components/schemas/${name}` })),
      schemas['CommandBodyInput'],
    ],
  };
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, name] of JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name === undefined || used.has(name)) continue;
      used.add(name);
      visit(schemas[name]);
    }
  };
  visit({ ...document, components: undefined });
  return {
    ...document,
    components: {
      ...document.components,
      schemas: Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name))),
    },
  } as ReturnType<typeof jsonSchemaTransformObject>;
};
