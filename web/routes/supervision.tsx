import { useSearch } from '@tanstack/react-router';
import { Supervision } from '../features/supervision/Supervision.tsx';

export function SupervisionRoute() {
  const { curator } = useSearch({ from: '/office/supervision' });
  return <Supervision curator={curator} />;
}
