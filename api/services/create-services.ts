import { agencyServices } from './agency.ts';
import { caseViewServices } from './case-view.ts';
import { commandingServices } from './commanding.ts';
import { changesService } from './changes.ts';
import { explainService } from './explain.ts';
import { institutionServices } from './institution.ts';
import { mailboxService } from './mailbox.ts';
import { readingServices } from './reading.ts';
import { readinessService } from './readiness.ts';
import type { Services } from './services.ts';
import { regulationServices } from './regulations.ts';
import { simulateService } from './simulate.ts';
import { whoServices } from './who.ts';
import type { Wiring } from './wiring.ts';

/** Everything that stands behind the routes, over one set of connections. */
export function createServices(wiring: Wiring): Services {
  return {
    ...whoServices(wiring),
    ...readingServices(wiring),
    ...caseViewServices(wiring),
    ...explainService(wiring),
    ...changesService(wiring.records.db),
    ...commandingServices(wiring),
    ...institutionServices(wiring),
    ...agencyServices(wiring),
    ...regulationServices(wiring),
    ...simulateService(),
    ...readinessService(wiring),
    mailbox: mailboxService(wiring),
  };
}
