import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../lib/codes.ts';
import { dottedDay } from '../../lib/days.ts';
import { Async } from '../../ui/Async.tsx';
import classes from './People.module.css';
import { caseQuery } from './queries.ts';

/** The family's people, those who work with them, and the agencies. */
export function People({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const word = useCodes();
  const kase = useQuery(caseQuery(caseId));
  return (
    <Async query={kase}>
      {({ family, people, agencies }) => (
        <div className={classes.cards}>
          <section aria-labelledby="family" className="k-card">
            <h2 id="family">{t('people.family')}</h2>
            {family === null ? (
              <p>{t('people.erased')}</p>
            ) : (
              <>
                <p className="k-strong">{family.name}</p>
                <p>
                  <span className="k-dimmed">{t('people.address')}:</span> {family.address ?? t('people.noAddress')}
                </p>
                <ul className="k-plain-list">
                  {family.members.map((member) => (
                    <li key={member.id}>
                      {member.name}
                      <div className="k-small k-dimmed">
                        {[
                          member.relation === null ? null : word('relation', member.relation),
                          member.bornOn === null ? null : t('people.born', { day: dottedDay(member.bornOn) }),
                        ]
                          .filter((part) => part !== null)
                          .join(', ')}
                      </div>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </section>
          <section aria-labelledby="staff" className="k-card">
            <h2 id="staff">{t('people.staff')}</h2>
            {people.length === 0 && <p className="k-dimmed">{t('people.none')}</p>}
            <ul className="k-plain-list">
              {people.map((person) => (
                <li key={person.id}>
                  {person.name}
                  <div className="k-small k-dimmed">{word('role', person.role)}</div>
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="agencies" className="k-card">
            <h2 id="agencies">{t('people.agencies')}</h2>
            {agencies.length === 0 && <p className="k-dimmed">{t('people.none')}</p>}
            <ul className="k-plain-list">
              {agencies.map((agency) => (
                <li key={agency.code}>{agency.name}</li>
              ))}
            </ul>
          </section>
        </div>
      )}
    </Async>
  );
}
