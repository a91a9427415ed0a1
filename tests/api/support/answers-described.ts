import type { RouteOptions } from 'fastify';
import type { Api } from '../../../api/route.ts';

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, DescribedAnswer> }>>;
}
interface DescribedAnswer {
  content?: Record<string, { schema: { allOf?: { properties?: { code?: { enum: string[] } } }[] } }>;
}

/** Notes every answer of an application, to hold it against its OpenAPI document. */
export function noteAnswers() {
  const noted = new Map<string, { path: string; method: string; status: string; code: string | undefined }>();
  return {
    /** Given to `buildApp`. */
    onRoute: (route: RouteOptions): void => {
      if (route.schema?.hide || route.method === 'HEAD') return;
      const path = route.url.replaceAll(/:(\w+)/g, '{$1}');
      const method = String(route.method).toLowerCase();
      route.onSend = async (_request: unknown, reply: { statusCode: number }, payload: unknown) => {
        const status = String(reply.statusCode);
        const code = reply.statusCode < 400 ? undefined : codeOf(payload);
        noted.set([method, path, status, code].join(' '), { path, method, status, code });
        return payload;
      };
    },
    /** @throws Error naming each answer that the document does not describe: its status, or the code of its problem. */
    checkDescribed: (app: Api): void => {
      if (noted.size === 0) return;
      const { paths } = app.swagger() as unknown as Document;
      const missing = [...noted].filter(([, { path, method, status, code }]) => {
        const described = paths[path]?.[method]?.responses[status];
        return !described || (code !== undefined && !codesOf(described).includes(code));
      });
      if (missing.length > 0)
        throw new Error(`answers that the document does not describe:\n${missing.map(([what]) => what).join('\n')}`);
    },
  };
}

const codesOf = ({ content }: DescribedAnswer): string[] =>
  content?.['application/problem+json']?.schema.allOf?.flatMap(({ properties }) => properties?.code?.enum ?? []) ?? [];

/** `undefined` where the answer is no problem: a route may answer 503 with what it has to say (`/ready`). */
function codeOf(payload: unknown): string | undefined {
  return typeof payload === 'string' ? (JSON.parse(payload) as { code?: string }).code : undefined;
}
