import { Outlet, useRouterState } from '@tanstack/react-router';
import { Shell } from '../features/session/Shell.tsx';

export function OfficeRoute() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <Shell path={path}>
      <Outlet />
    </Shell>
  );
}
