import { z } from 'zod';
import { ApiProblem } from '../problems.ts';
import type { Routes } from '../route.ts';
import { commandTable } from '../command-table.ts';
import { CommandTableRow } from '../schemas/command-table.ts';
import { listOf } from '../schemas/common.ts';
import { RegulationRow, RegulationVersion, Scenario, Simulated } from '../schemas/regulation.ts';

const tags = ['regulations'];

export const regulationRoutes: Routes = (app, services) => {
  app.get(
    '/regulations',
    {
      config: { access: { over: 'institution', action: 'readRegulations' } },
      schema: { summary: 'Regulations and their versions', tags, response: { 200: listOf(RegulationRow) } },
    },
    () => services.listRegulations(),
  );

  app.get(
    '/regulations/:id/versions/:version',
    {
      config: { access: { over: 'institution', action: 'readRegulations' }, problems: ['resource.unknown'] },
      schema: {
        summary: 'One version, as published',
        tags,
        params: z.object({ id: z.string().max(60), version: z.coerce.number().int().positive() }),
        response: { 200: RegulationVersion },
      },
    },
    async (request) => {
      const version = await services.findRegulation(request.params.id, request.params.version);
      if (!version) throw new ApiProblem('resource.unknown');
      return version;
    },
  );

  app.get(
    '/command-table',
    {
      config: { access: { over: 'institution', action: 'readRegulations' } },
      schema: {
        summary: 'Every command: its fields, their values, who may give it',
        tags: ['commands'],
        response: { 200: z.object({ items: z.array(CommandTableRow) }) },
      },
    },
    () => ({ items: commandTable() }),
  );

  app.post(
    '/simulate',
    {
      config: {
        access: { over: 'institution', action: 'simulate' },
        rateLimit: { max: 60, timeWindow: '1 minute' },
        problems: ['command.invalid', 'simulation.too-long', 'simulation.busy'],
      },
      schema: {
        summary: 'Play dated commands against a regulation in memory',
        tags,
        body: z.object({ scenarios: z.array(Scenario).min(1).max(20) }),
        response: { 200: z.object({ items: z.array(Simulated) }) },
      },
    },
    async (request) => ({ items: await services.simulate(request.body.scenarios) }),
  );
};
