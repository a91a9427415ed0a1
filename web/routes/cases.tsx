import { useNavigate, useSearch } from '@tanstack/react-router';
import { Cases } from '../features/cases/Cases.tsx';

export function CasesRoute() {
  const navigate = useNavigate();
  const filter = useSearch({ from: '/office/cases' });
  return <Cases filter={filter} onFilter={(search) => void navigate({ to: '/cases', search, replace: true })} />;
}
