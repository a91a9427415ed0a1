import { getActor } from '../actor.ts';
import { readWrite } from '../read-write.ts';
import type { Routes } from '../route.ts';
import { WriteHeaders } from '../schemas/headers.ts';
import {
  InstitutionCommandAnswer,
  InstitutionCommandBody,
  InstitutionDuties,
  InstitutionLog,
} from '../schemas/institution.ts';

const tags = ['institution'];

export const institutionRoutes: Routes = (app, services) => {
  app.get(
    '/institution/duties',
    {
      config: { access: { over: 'institution', action: 'readInstitution' } },
      schema: {
        summary: 'What the institution itself owes: its reports, with why',
        tags,
        response: { 200: InstitutionDuties },
      },
    },
    (request) => services.readInstitutionDuties(getActor(request)),
  );

  app.get(
    '/institution/reports',
    {
      config: { access: { over: 'institution', action: 'readInstitution' } },
      schema: { summary: 'What has been submitted, newest first', tags, response: { 200: InstitutionLog } },
    },
    (request) => services.readInstitutionLog(getActor(request)),
  );

  app.post(
    '/institution/commands',
    {
      config: { access: { over: 'institutionCommand' } },
      schema: {
        summary: 'Submit a report of the institution, or annul one entered by mistake',
        tags,
        headers: WriteHeaders,
        body: InstitutionCommandBody,
        response: { 200: InstitutionCommandAnswer },
      },
    },
    (request) => services.performInInstitution(readWrite(request)),
  );
};
