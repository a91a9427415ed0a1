import { Outlet, useParams } from '@tanstack/react-router';
import { CaseDuties } from '../features/case/CaseDuties.tsx';
import { CasePage } from '../features/case/CasePage.tsx';
import { Explain } from '../features/case/Explain.tsx';
import { Notices } from '../features/case/Notices.tsx';
import { People } from '../features/case/People.tsx';
import { Requests } from '../features/case/Requests.tsx';
import { Timeline } from '../features/case/Timeline.tsx';

const useCaseId = (): string => useParams({ from: '/office/cases/$caseId' }).caseId;

export function CaseRoute() {
  return (
    <CasePage caseId={useCaseId()}>
      <Outlet />
    </CasePage>
  );
}

export const CaseDutiesRoute = () => <CaseDuties caseId={useCaseId()} />;
export const ExplainRoute = () => <Explain caseId={useCaseId()} />;
export const TimelineRoute = () => <Timeline caseId={useCaseId()} />;
export const RequestsRoute = () => <Requests caseId={useCaseId()} />;
export const NoticesRoute = () => <Notices caseId={useCaseId()} />;
export const PeopleRoute = () => <People caseId={useCaseId()} />;
