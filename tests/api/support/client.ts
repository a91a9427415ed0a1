import { randomUUID } from 'node:crypto';
import type { House, Person } from './house.ts';

/** What a person's browser does: calls with his session, a new key for each new action. */
export function clientOf(house: House, person: Person) {
  const get = (url: string, headers: Record<string, string> = {}) =>
    house.app.inject({ method: 'GET', url: `/api/v1${url}`, headers: { cookie: person.cookie, ...headers } });
  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    house.app.inject({
      method: 'POST',
      url: `/api/v1${url}`,
      payload,
      headers: { cookie: person.cookie, 'idempotency-key': randomUUID(), ...headers },
    });
  return {
    get,
    post,
    /** @throws Error unless it is accepted */
    async openCase(body: object): Promise<string> {
      const answer = await post('/cases', body);
      if (answer.statusCode !== 201) throw new Error(`openCase answered ${answer.statusCode}: ${answer.body}`);
      return answer.json<{ caseId: string }>().caseId;
    },
    /** @throws Error unless it is accepted */
    async perform(caseId: string, body: object) {
      const answer = await post(`/cases/${caseId}/commands`, body);
      if (answer.statusCode !== 200)
        throw new Error(`${JSON.stringify(body)} answered ${answer.statusCode}: ${answer.body}`);
      return answer.json<{
        seq: number;
        stage: string | null;
        nextDueOn: string | null;
        result: { entries: number[] };
      }>();
    },
  };
}

export type Client = ReturnType<typeof clientOf>;

export const inventedFamily = {
  name: 'Семья Выдумкиных',
  address: 'город Несуществующий, дом 0',
  members: [
    { id: 'parent', name: 'Выдумкина Нина', relation: 'мать' },
    { id: 'child1', name: 'Выдумкин Ваня', relation: 'сын' },
  ],
};

export const opening = (on: string, more: object = {}) => ({
  on,
  ground: 'application',
  category: 'sop',
  form: 'group',
  family: inventedFamily,
  ...more,
});
