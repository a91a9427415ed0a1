import type { FastifyBaseLogger } from 'fastify';
import { randomUUID } from 'node:crypto';
import { buildApp } from '../../../api/app.ts';
import type { Api } from '../../../api/route.ts';
import { createServices } from '../../../api/services/create-services.ts';
import type { Role } from '../../../domain/access/role.ts';
import { clientAddressHeader, createAuth, type Auth } from '../../../platform/auth/auth.ts';
import { createActorFinder } from '../../../platform/auth/find-actor.ts';
import { createAccount } from '../../../platform/auth/create-account.ts';
import { createKeyring } from '../../../platform/crypto/keyring.ts';
import { createDatabase, type Database } from '../../../platform/database/scope.ts';
import type { MailboxReader } from '../../../platform/mail/mailbox-reader.ts';
import { loadRules } from '../../../platform/records/load-rules.ts';
import type { RecordsDeps } from '../../../platform/records/contract.ts';
import { createTemporalClient } from '../../../platform/temporal/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTestNamespace } from '../../support/namespace.ts';
import { openOffice, type Office } from '../../support/office.ts';
import { noteAnswers } from './answers-described.ts';
import { publicUrl } from './door.ts';

export const password = 'correct horse battery staple';

export interface Person {
  staffId: string;
  email: string;
  cookie: string;
}

export interface House {
  app: Api;
  db: Database;
  auth: Auth;
  records: RecordsDeps;
  testDatabase: TestDatabase;
  /** Only in a working house. */
  office: Office | undefined;
  institutionId: string;
  /** Hires somebody and signs him in over HTTP. */
  hire(
    role: Role,
    more?: { body?: string; department?: string; agencyId?: string; institutionId?: string },
  ): Promise<Person>;
  addInstitution(): Promise<string>;
  /** Of an agency that every working house has. */
  agencyId(code: string): Promise<string>;
  close(): Promise<void>;
}

export interface HouseOptions {
  /** With the engine, a worker and an SMTP server behind it; without, only the records are real. */
  working?: boolean;
  mailbox?: MailboxReader;
  log?: FastifyBaseLogger;
}

/** An institution with the real application over a real database of its own. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const testDatabase = await createTestDatabase();
  const secret = Buffer.alloc(32, 7);
  const office = options.working
    ? await openOffice({ engine: await createTestNamespace(), database: testDatabase, secret })
    : undefined;
  const db = office?.db ?? createDatabase(testDatabase);
  const {
    auth,
    attempts,
    close: closeAuth,
  } = createAuth({ authUrl: testDatabase.authUrl, secret: 's'.repeat(32), publicUrl });
  const records = office?.records ?? {
    db,
    keyring: createKeyring([secret]),
    rules: loadRules(),
    now: () => new Date(),
  };
  const actors = createActorFinder(auth, db, records.now);
  const services = createServices({
    records,
    // A client that finds no engine: what needs one answers that it cannot be reached.
    temporal: office?.client ?? createTemporalClient({ address: '127.0.0.1:1', namespace: 'none', secrets: [secret] }),
    actors,
    mailbox: options.mailbox ?? null,
  });
  const answers = noteAnswers();
  const app = await buildApp({
    services,
    onRoute: answers.onRoute,
    signIn: {
      handle: (request) => auth.handler(request),
      attempts,
      origin: publicUrl,
      clientAddressHeader,
    },
    publicUrl,
    pages: '/nonexistent',
    ...(options.log && { log: options.log }),
  });

  const addInstitution = async (): Promise<string> => {
    const id = randomUUID();
    await db.inScope({ institutionId: id }, (tx) =>
      tx.institution.create({
        data: {
          id,
          name: 'Служба Образцовая',
          zone: 'Europe/Moscow',
          regulation: 'borovichi',
          hours: { opens: '09:00', closes: '18:00', remindAt: '09:00' },
        },
      }),
    );
    return id;
  };
  const institutionId = office?.institutionId ?? (await addInstitution());

  return {
    app,
    db,
    auth,
    records,
    testDatabase,
    office,
    institutionId,
    addInstitution,
    agencyId: (code) =>
      db.inScope({ institutionId }, async (tx) => (await tx.agency.findFirstOrThrow({ where: { code } })).id),
    hire: async (role, more = {}) => {
      const staffId = randomUUID();
      const email = `${role}.${staffId.slice(0, 8)}@kurator.test`;
      const name = `Придуманный ${role}`;
      const userId = await createAccount(auth, { email, name, password });
      const at = more.institutionId ?? institutionId;
      await db.inScope({ institutionId: at }, (tx) =>
        tx.staff.create({
          data: {
            ...{ id: staffId, institutionId: at, userId, name, email, role },
            ...{ body: more.body ?? null, department: more.department ?? null, agencyId: more.agencyId ?? null },
          },
        }),
      );
      return { staffId, email, cookie: await signIn(app, email) };
    },
    close: async () => {
      await app.close();
      await closeAuth();
      await (office ?? db).close();
      await testDatabase.drop();
      answers.checkDescribed(app);
    },
  };
}

export async function signIn(app: Api, email: string, given = password): Promise<string> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    payload: { email, password: given },
  });
  if (answer.statusCode !== 200) throw new Error(`sign-in answered ${answer.statusCode}: ${answer.body}`);
  return answer.cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
}
