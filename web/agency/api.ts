import type { components } from '../lib/api-types.ts';

type Schemas = components['schemas'];
export type Asked = Schemas['AgencyRequest'];
export type Receipt = Schemas['Receipt'];
export type Answer = Schemas['AgencyAnswerBodyInput']['answer'];

export interface Reply {
  answer: Answer;
  until?: string;
  text?: string;
}

/** What the API said instead of an answer; `status` 0 when nothing was heard. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Every call is a POST with the token in its body: a mail scanner that opens links spends nothing and sees nothing. */
async function post<Data>(path: string, body: object, language: string): Promise<Data> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/agency/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Refused(0, 'offline', '');
  }
  const told = (await response.json().catch(() => ({}))) as { code?: string; detail?: string; title?: string };
  if (!response.ok)
    throw new Refused(response.status, told.code ?? `http${response.status}`, told.detail ?? told.title ?? '');
  return told as Data;
}

export const readRequest = (token: string, language: string): Promise<Asked> => post('request', { token }, language);
export const sendAnswer = (token: string, reply: Reply, language: string): Promise<Receipt> =>
  post('answer', { token, ...reply }, language);
export const askNewLink = (token: string, language: string): Promise<unknown> => post('link', { token }, language);
