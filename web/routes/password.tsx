import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { SetPassword } from '../features/session/SetPassword.tsx';

export function PasswordRoute() {
  const navigate = useNavigate();
  const [token] = useState(() => window.location.hash.slice(1));
  return <SetPassword token={token} onSignIn={() => void navigate({ to: '/sign-in' })} />;
}
