import { describe, expect, it } from 'vitest';
import { opening } from '../support/family.ts';
import { perform, performAll } from '../support/play.ts';

describe('a final conclusion outside the reflective stage', () => {
  const active = opening({ stage: 'activity', on: '2026-01-15', category: 'sop', until: '2026-06-30' });
  const conclusion = {
    command: 'drawConclusion',
    kind: 'final',
    by: 'commission',
    decision: 'stop',
    recommendations: true,
  };
  const refused = (on: string, ...before: Parameters<typeof performAll>[0]): string | undefined => {
    const { decision } = perform(performAll([...active, ...before]), { on, ...conclusion });
    return decision.accepted ? undefined : decision.refusal.text.en;
  };

  it('is told until when the plan runs', () => {
    expect(refused('2026-06-30')).toContain('the plan runs to 30.06.2026');
  });

  it('is told that the stage is over, not that it is still to come', () => {
    const post = { on: '2026-07-03', command: 'startPostSupport' };
    expect(refused('2026-07-06', { on: '2026-07-02', ...conclusion }, post)).toMatch(
      /is over; it is stage ".*post-support/i,
    );
  });
});
