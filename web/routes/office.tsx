import { Outlet, useRouterState } from '@tanstack/react-router';
import { useLiveRecords } from '../lib/live.ts';
import { Shell } from '../features/session/Shell.tsx';

export function OfficeRoute() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  useLiveRecords();
  return (
    <Shell path={path}>
      <Outlet />
    </Shell>
  );
}
