import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useLiveRecords } from '../lib/live.ts';
import { meQuery } from '../features/session/queries.ts';
import { Shell } from '../features/session/Shell.tsx';

export function OfficeRoute() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const { data: me } = useQuery(meQuery());
  // Whoever reads no case is told of none: the stream would be refused again and again.
  useLiveRecords(me?.may.includes('readCase') === true);
  return (
    <Shell path={path}>
      <Outlet />
    </Shell>
  );
}
