import { useParams } from '@tanstack/react-router';
import { MailPage } from '../features/mailbox/MailPage.tsx';

export function MailRoute() {
  const { mailId } = useParams({ from: '/office/mailbox/$mailId' });
  return <MailPage mailId={mailId} />;
}
