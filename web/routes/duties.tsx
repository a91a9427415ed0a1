import { useNavigate, useSearch } from '@tanstack/react-router';
import { AllDuties } from '../features/duties/AllDuties.tsx';

export function DutiesRoute() {
  const navigate = useNavigate();
  const filter = useSearch({ from: '/office/duties' });
  return <AllDuties filter={filter} onFilter={(search) => void navigate({ to: '/duties', search, replace: true })} />;
}
