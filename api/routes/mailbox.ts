import { z } from 'zod';
import { ApiProblem } from '../problems.ts';
import type { Routes } from '../route.ts';
import { Page, listOf } from '../schemas/common.ts';
import { Mail, MailRow } from '../schemas/mailbox.ts';

const tags = ['mailbox'];
const reading = {
  access: { over: 'institution', action: 'readMailbox' },
  problems: ['resource.unknown'],
} as const;

export const mailboxRoutes: Routes = (app, services) => {
  app.get(
    '/mailbox',
    {
      config: reading,
      schema: {
        summary: 'Mails kept by the embedded mailbox, newest first',
        tags,
        querystring: Page,
        response: { 200: listOf(MailRow) },
      },
    },
    (request) => {
      if (!services.mailbox) throw new ApiProblem('resource.unknown');
      return services.mailbox.list(request.query);
    },
  );

  app.get(
    '/mailbox/:id',
    {
      config: reading,
      schema: {
        summary: 'One mail',
        tags,
        params: z.object({ id: z.string().regex(/^[\w.-]{1,120}$/) }),
        response: { 200: Mail },
      },
    },
    async (request) => {
      const mail = await services.mailbox?.find(request.params.id);
      if (!mail) throw new ApiProblem('resource.unknown');
      return mail;
    },
  );
};
