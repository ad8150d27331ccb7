import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checklistViewSchema, type ChecklistView } from '../../domain/api/checklist.js';
import { datasheetSchema } from '../../domain/api/datasheet.js';
import { modelCardSchema } from '../../domain/api/model-card.js';
import { runViewSchema, startedRunSchema } from '../../domain/api/run.js';
import { QUESTIONS } from '../../domain/checklist/questions.js';
import type { EvidenceKind } from '../../domain/evidence/evidence.js';
import { createRunStore } from '../../db/stores/run-store.js';
import { createEvidenceStore } from '../../db/stores/evidence-store.js';
import { createTrafficStore } from '../../db/stores/traffic-store.js';
import { digestOf } from '../../domain/evidence/canonical.js';
import { openApi, signingKeys, type ApiUnderTest } from '../support/api-under-test.js';
import { completeFacts } from '../support/checklist-facts.js';
import { addVersion, point, release, type ReleasedVersion } from '../support/released-version.js';
import { factOf, PROJECT } from '../support/seeded-project.js';

/** What the stages of a run leave on file. */
async function keepEvidence(api: ApiUnderTest, runId: string): Promise<void> {
  const store = createEvidenceStore(api.opened.db);
  const keep = (kind: EvidenceKind, body: object) =>
    store.keep(runId, 'evaluate', { ...factOf({ ...body, runId }), kind });
  const { sourceCards, dataset, dataAnswers, training, evaluations, gates } = completeFacts().evidence;
  for (const { body } of sourceCards) await keep('source-card', body);
  await keep('dataset', dataset?.body ?? {});
  await keep('data-answers', { answers: dataAnswers?.body });
  await keep('training', training?.body ?? {});
  for (const { body } of evaluations) await keep('evaluation', body);
  await keep('gate-verdicts', { gates: gates?.body });
}

describe('the checklist of a version', () => {
  let api: ApiUnderTest;
  let released: ReleasedVersion;
  const ask = async (): Promise<ChecklistView> => {
    const path = `/v1/models/${encodeURIComponent(released.version.id)}/checklist`;
    return checklistViewSchema.parse((await api.ask(api.tokens.ruth, 'GET', path)).body);
  };
  const answerOf = async (question: string) => (await ask()).answers.find((answer) => answer.question === question);

  beforeAll(async () => {
    api = await openApi();
    released = await addVersion(api.opened.db, null, completeFacts().plan);
  });
  afterAll(() => api.close());

  it('is unknown where no evidence is on file, and shows nothing to strangers', async () => {
    const { answers, versionId } = await ask();
    expect(versionId).toBe(released.version.id);
    expect(answers.map(({ question }) => question)).toEqual(QUESTIONS);
    expect(answers.filter(({ verdict }) => verdict === 'pass').map(({ question }) => question)).toEqual(['QU1']);
    expect(await answerOf('QU1')).toMatchObject({ reason: 'Nowhere: the gateway has never served it.' });
    const path = `/v1/models/${encodeURIComponent(released.version.id)}/checklist`;
    expect((await api.ask(api.tokens.stranger, 'GET', path)).status).toBe(404);
    expect((await api.ask(api.tokens.ruth, 'GET', '/v1/models/email-triage%4099/checklist')).status).toBe(404);
  });

  it('rests on the evidence that the run has left', async () => {
    await keepEvidence(api, released.version.runId);
    const { answers } = await ask();
    const stored = new Set(await ids(api));
    for (const { evidence } of answers) for (const id of evidence) expect(stored).toContain(id);
    expect(await answerOf('QM3')).toMatchObject({ verdict: 'pass', basis: 'observed' });
    expect(await answerOf('QD3')).toMatchObject({ verdict: 'unknown', basis: 'claimed', waiver: null });
  });

  it('shows who waived what until when, as it was signed', async () => {
    await release(api.opened.db, released, signingKeys.privateKey);
    expect(await answerOf('QD3')).toMatchObject({
      verdict: 'waived',
      waiver: { by: 'leo', why: 'the evidence holds', purpose: 'demonstration', of: 'unknown' },
    });
  });

  it('says where the version is served, and that a window with drift speaks against its benchmarks', async () => {
    await point(api.opened.db, [[released, 100]]);
    expect(await answerOf('QU1')).toMatchObject({ verdict: 'pass', basis: 'observed' });
    const fact = { ...factOf({ versionId: released.version.id }), kind: 'monitor-window' as const };
    const upTo = { at: new Date(0).toISOString(), id: '' };
    const common = { project: PROJECT, alias: 'email-triage', items: 9, labelled: 0, verdict: 'drift' as const };
    const window = { ...common, id: digestOf(fact), evidence: digestOf(fact), upTo };
    await createTrafficStore(api.opened.db).recordWindow(window, fact, null);
    const benchmarks = await answerOf('QM3');
    expect(benchmarks).toMatchObject({ verdict: 'warn' });
    expect(benchmarks?.reason).toContain('drift in 1 of 1 window');
    expect(benchmarks?.evidence).toContain(window.evidence);
  });

  it('says how a try to make the model again came out: the latest one counts', async () => {
    const { version } = released;
    const path = `/v1/models/${encodeURIComponent(version.id)}/recreations`;
    const ask = (startKey: string, token = api.tokens.ada) => api.ask(token, 'POST', path, { startKey });
    expect((await ask('try', api.tokens.stranger)).status).toBe(404);
    const { body, status } = await ask('try');
    expect(status).toBe(201);
    expect((await ask('try')).body).toEqual({ ...body, isNew: false });
    const { plan } = await createRunStore(api.opened.db).load(version.runId);
    const ordinary = await api.ask(api.tokens.ada, 'POST', '/v1/runs', { plan, startKey: 'try' });
    expect(ordinary).toMatchObject({ status: 409, body: { detail: expect.stringContaining('of another kind') } });
    const tried = startedRunSchema.parse(body).runId;
    const view = runViewSchema.parse((await api.ask(api.tokens.ada, 'GET', `/v1/runs/${tried}`)).body);
    expect(view).toMatchObject({ recreates: version.id, name: 'toy-triage-recreated' });
    for (const [grade, verdict] of [
      ['C', 'fail'],
      ['A', 'pass'],
    ]) {
      const fact = factOf({ version: version.id, run: tried, grade, reasons: ['Said so.'] });
      await createEvidenceStore(api.opened.db).keep(tried, 'evaluate', { ...fact, kind: 'recreation' });
      expect(await answerOf('QM4')).toMatchObject({
        verdict,
        reason: `Made again by ${tried}, grade ${grade}: Said so.`,
      });
    }
  });

  it('is part of a model card and a datasheet with counts, and no record', async () => {
    const base = `/v1/models/${encodeURIComponent(released.version.id)}`;
    const card = modelCardSchema.parse((await api.ask(api.tokens.ruth, 'GET', `${base}/card`)).body);
    expect(card.checklist).toHaveLength(QUESTIONS.length);
    expect(card).toMatchObject({
      approval: { state: 'approved' },
      deployment: [{ alias: 'email-triage', until: null }],
    });
    const sheet = datasheetSchema.parse((await api.ask(api.tokens.ruth, 'GET', `${base}/datasheet`)).body);
    expect(sheet).toMatchObject({ dataset: { read: 120, used: 116 }, sources: [{ id: 'toys', records: 120 }] });
    for (const document of ['card', 'datasheet'])
      expect((await api.ask(api.tokens.stranger, 'GET', `${base}/${document}`)).status).toBe(404);
  });
});

const ids = async ({ opened }: ApiUnderTest): Promise<string[]> =>
  (await opened.pool.query<{ id: string }>('select id from evidence')).rows.map(({ id }) => id);
