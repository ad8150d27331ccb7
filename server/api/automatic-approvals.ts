import { automaticInputs, evaluateAutomatic, type AutomaticAnswer } from '../../domain/approvals/automatic.js';
import { AUTOMATIC } from '../../domain/kernel/approval-policy.js';
import { canonicalJson } from '../../domain/evidence/canonical.js';
import type { RequestFile } from '../../domain/ports/approval-store.js';
import { gateVerdictsOf, undefinedWhereAltered } from './gate-verdicts.js';
import { signDecision, type SigningKeys } from './signing.js';
import type { ApiStores } from './stores.js';

type Stores = Pick<ApiStores, 'approvals' | 'automatic' | 'decisions' | 'evidence' | 'policies'>;

/**
 * Signs for policies that let some releases through by themselves: asks the expression about what the request binds, and
 * where it holds, signs that with its inputs. A policy that nobody with the right to start runs has used says nothing
 * here: whoever can write into the database cannot give itself one. Each request is asked about once.
 * @returns how many were asked about.
 */
export async function signAutomatic(stores: Stores, keys: SigningKeys): Promise<number> {
  const waiting = await stores.automatic.waiting();
  for (const requestId of waiting) {
    const file = await stores.approvals.load(requestId);
    const gates = await gateVerdictsOf(stores.evidence, file.request).catch(undefinedWhereAltered);
    const inputs = automaticInputs(file.request, gates ?? []);
    const answer = gates === undefined ? ALTERED : await askPolicy(stores, file, inputs);
    if (answer.holds) await sign(stores, keys, file, inputs);
    await stores.automatic.recordAnswer({ requestId, project: file.request.project, ...answer, inputs });
  }
  return waiting.length;
}

const ALTERED: AutomaticAnswer = { holds: false, reason: 'what it binds is missing or was altered' };

async function askPolicy(
  { policies, evidence }: Stores,
  { request }: RequestFile,
  inputs: Record<string, unknown>,
): Promise<AutomaticAnswer> {
  const { project, policyDigest, subject, terms } = request;
  if ((await policies.byDigest(project, policyDigest)) === undefined)
    return { holds: false, reason: 'nobody who may start runs has used this policy' };
  const answers = await evidence.load(subject.dataAnswers).catch(undefinedWhereAltered);
  if (answers === undefined) return ALTERED;
  if (canonicalJson(answers.body['answers']) !== canonicalJson(terms.answers))
    return { holds: false, reason: 'its answers are not those on file' };
  return evaluateAutomatic(terms.policy.automatic?.when ?? '', inputs);
}

async function sign(
  { decisions }: Stores,
  keys: SigningKeys,
  file: RequestFile,
  inputs: Record<string, unknown>,
): Promise<void> {
  const when = file.request.terms.policy.automatic?.when ?? '';
  const said = { ...AUTOMATIC, verdict: 'approve' as const, reason: `The policy lets this through: ${when}` };
  const authn = { method: 'policy', at: file.now };
  const envelope = signDecision(keys, file, { ...said, authn, automatic: { when, inputs } });
  const { id: requestId, subjectDigest } = file.request;
  await decisions.recordDecision({ requestId, subjectDigest, ...said, envelope });
}
