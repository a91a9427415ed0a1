import { getActor } from '../actor.ts';
import type { Routes } from '../route.ts';
import { listOf } from '../schemas/common.ts';
import { AgencyView, StaffView } from '../schemas/directory.ts';

const tags = ['directory'];
const reading = { access: { over: 'institution', action: 'readDirectory' } } as const;

export const directoryRoutes: Routes = (app, services) => {
  app.get(
    '/staff',
    {
      config: reading,
      schema: { summary: 'People of the institution', tags, response: { 200: listOf(StaffView) } },
    },
    (request) => services.listStaff(getActor(request)),
  );
  app.get(
    '/agencies',
    {
      config: reading,
      schema: { summary: 'Agencies that can be asked', tags, response: { 200: listOf(AgencyView) } },
    },
    (request) => services.listAgencies(getActor(request)),
  );
};
