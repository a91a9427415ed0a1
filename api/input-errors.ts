import type { FastifySchemaValidationError } from 'fastify';
import { z } from 'zod';
import type { Language } from './language.ts';

const messages = { ru: z.locales.ru().localeError, en: z.locales.en().localeError };

/** Each fault of the input: where it is, and what is wrong in the asked language. */
export function inputErrors(
  faults: readonly FastifySchemaValidationError[],
  context: string | undefined,
  language: Language,
): { path: string; message: string }[] {
  return faults.map((fault) => {
    const path = fault.instancePath.split('/').filter(Boolean).join('.');
    const part = context === 'querystring' ? 'query' : context;
    const where = part === undefined || part === 'body' ? path : [part, path].filter(Boolean).join('.');
    return { path: where, message: sentence(fault, language) };
  });
}

function sentence(fault: FastifySchemaValidationError, language: Language): string {
  // Our own sentences (`refine`) carry both languages; zod's are said anew in the asked one.
  if (fault.keyword === 'custom') return fault.message ?? '';
  const said = messages[language]({ ...fault.params, code: fault.keyword, path: [] } as never);
  return (typeof said === 'string' ? said : said?.message) ?? fault.message ?? '';
}
