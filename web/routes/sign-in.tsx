import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { SignIn } from '../features/session/SignIn.tsx';

export function SignInRoute() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { next } = useSearch({ from: '/sign-in' });
  return (
    <SignIn
      onSignedIn={() => {
        queries.clear();
        void navigate({ href: next ?? '/' });
      }}
    />
  );
}
