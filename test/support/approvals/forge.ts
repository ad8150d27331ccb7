import { digestOf } from '../../../domain/evidence/canonical.js';
import type { Way } from '../../../domain/approvals/may-sign.js';
import { PEOPLE } from './arbitraries.js';
import { forgersKey, type ToldRequest } from './told-request.js';

/** Of what no product of ours would write, and somebody who has the database might. Nothing of it counts. */
export const FORGERIES = [
  'key',
  'row',
  'instance',
  'request',
  'digest',
  'withdrawal',
  'delegation',
  'content',
] as const;

export function forge(
  told: ToldRequest,
  { who, part, how }: { who: string; part: { stage: string; role: string }; how: (typeof FORGERIES)[number] },
): void {
  const way: Way = { ...part, via: null, delegation: null };
  const sign = (over: Parameters<ToldRequest['statement']>[2]) => told.statement(who, way, over);
  switch (how) {
    case 'key':
      return void told.write(sign({}), {}, forgersKey);
    case 'row':
      return void told.write(sign({ verdict: 'abstain' }), { verdict: 'approve' });
    case 'instance':
      return void told.write(sign({ instance: 'elsewhere' }));
    case 'request':
      return void told.write(sign({ requestId: 'run-of-another' }));
    case 'digest':
      return void told.write(sign({ subjectDigest: digestOf('seen before') }));
    case 'withdrawal': {
      // Of what another said.
      const victim = told.rows.find(({ principal }) => principal !== who);
      if (victim !== undefined) told.write(sign({ verdict: 'withdraw', supersedes: victim.id }));
      return;
    }
    case 'delegation': {
      const delegator = PEOPLE.find((one) => one !== who)!;
      const id = told.lend({ from: delegator, to: who, role: part.role, startsAt: told.now, hours: 1 }, forgersKey);
      // Nobody else uses it.
      told.lent.get(id)!.rule.to = 'nobody';
      return void told.write(told.statement(who, { ...way, delegation: { id, delegator } }));
    }
    case 'content':
      told.isWhole = false;
      told.request = { ...told.request, terms: { ...told.request.terms, requester: 'nobody' } };
  }
}
