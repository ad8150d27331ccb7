import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { judgeRequest, type ApprovalJudgement } from '../../../domain/approvals/judge-request.js';
import { whyNotSign, type Way } from '../../../domain/approvals/may-sign.js';
import { DECISION_PAYLOAD_TYPE, type DecisionStatement } from '../../../domain/approvals/statement.js';
import { signStatement } from '../../../domain/evidence/dsse.js';
import type { ApprovalPolicy } from '../../../domain/kernel/approval-policy.js';
import type {
  ApprovalRequest,
  RequestFile,
  StoredDecision,
  StoredDelegation,
} from '../../../domain/ports/approval-store.js';
import { INSTANCE, keys } from '../approval-files.js';
import { ROLES, SERVICE, SIGNERS } from './arbitraries.js';
import { isEligible, mayReject, mayRelease, type Lent, type Moment, type Verdict, type Word } from './model.js';
import { HOUR, lentRow, OPEN_MILLISECONDS, requestOf, statementOf } from './signed-rows.js';

export const forgersKey = generateKeyPairSync('ed25519').privateKey;

export interface Start {
  policy: ApprovalPolicy;
  parts: Moment['parts'];
  /** Roles that are not held at the beginning, as `who/role`. */
  lacks: readonly string[];
  /** Whether a decision is judged before it is signed, as the api does; else it is written down whatever it is. */
  isGated: boolean;
}

type Row = Omit<StoredDecision, 'holdsRole' | 'delegation'> & { held: string; lent: string | null };

/** One request and the ones before it: its rows with real signatures, and beside them what a bystander would note. */
export class ToldRequest {
  now = Date.parse('2026-01-01T00:00:00.000Z');
  request: ApprovalRequest;
  /** What the gate let be signed, and the rules did not. */
  readonly admitted: string[] = [];
  readonly held: Set<string>;
  readonly lent = new Map<string, { rule: Lent; row: StoredDelegation }>();
  /** Who may write into the database has altered what is bound. */
  isWhole = true;
  rows: Row[] = [];
  private readonly rowsBefore: Row[] = [];
  /** The last word of each person in each part: what it was, or null where they took it back. */
  said = new Map<string, { word: Word | null; id: string }>();
  private openedAt = this.now;
  private count = 0;

  readonly start: Start;

  constructor(start: Start) {
    this.start = start;
    const all = SIGNERS.flatMap((who) => ROLES.map((role) => `${who}/${role}`));
    this.held = new Set(all.filter((one) => !start.lacks.includes(one)));
    this.request = requestOf(start, this.now, 0);
  }

  get deadline(): number {
    return this.openedAt + OPEN_MILLISECONDS;
  }

  get asked(): { stage: string; role: string }[] {
    return this.request.terms.policy.stages.flatMap(({ name, roles }) =>
      roles.map(({ role }) => ({ stage: name, role })),
    );
  }

  get moment(): Moment {
    const holds = (who: string, role: string): boolean => this.held.has(`${who}/${role}`);
    const { policy } = this.request.terms;
    return { policy, openedAt: this.openedAt, parts: this.start.parts, services: [SERVICE], holds };
  }

  /** Also rows of earlier requests: who has the database may copy them. */
  get file(): RequestFile {
    const decisions = [...this.rows, ...this.rowsBefore].map(({ held, lent, ...row }) => ({
      ...row,
      delegation: lent === null ? null : this.lent.get(lent)!.row,
      holdsRole: this.held.has(held),
    }));
    return { request: this.request, decisions, waivers: [], now: new Date(this.now).toISOString() };
  }

  get words(): Word[] {
    if (!this.isWhole) return [];
    return [...this.said.values()].flatMap(({ word }) => (word === null ? [] : [word]));
  }

  judge = (): ApprovalJudgement => judgeRequest(this.file, INSTANCE, keys.publicKey);

  rules(): Verdict & { mayBeRejected: boolean } {
    return { ...mayRelease(this.moment, this.words), mayBeRejected: mayReject(this.moment, this.words) };
  }

  statement = (who: string, way: Way, over: Partial<DecisionStatement> = {}): DecisionStatement =>
    statementOf(this.request, { who, way, at: this.now }, over);

  write(statement: DecisionStatement, over: Partial<Row> = {}, key: KeyObject = keys.privateKey): string {
    const { principal, stage, role, verdict, supersedes = null, onBehalfOf, via } = statement;
    const id = `d${(this.count += 1)}`;
    this.rows.push({
      id,
      requestId: this.request.id,
      principal,
      isService: principal === SERVICE,
      stage,
      role,
      verdict,
      supersedes,
      envelope: signStatement(DECISION_PAYLOAD_TYPE, statement, key),
      held: `${onBehalfOf?.principal ?? principal}/${via ?? role}`,
      lent: onBehalfOf?.delegation ?? null,
      ...over,
    });
    return id;
  }

  /** What somebody says, where the gate lets them and they have not said it already. */
  say(who: string, way: Way, verdict: Word['verdict']): void {
    const key = `${who}/${way.stage}/${way.role}`;
    const last = this.said.get(key);
    if (last?.word) return;
    const { stage, role, via, delegation } = way;
    const lent = delegation === null ? null : this.lent.get(delegation.id)!.rule;
    const word: Word = { who, stage, role, verdict, via, lent, at: this.now };
    if (this.start.isGated) {
      if (!this.isLetIn(who, way)) return;
      if (!isEligible(this.moment, word)) this.admitted.push(`${key} via ${via} for ${delegation?.delegator}`);
    }
    const supersedes = last === undefined ? {} : { supersedes: last.id };
    this.said.set(key, { word, id: this.write(this.statement(who, way, { verdict, ...supersedes })) });
  }

  /** As the api: by the tally that releases, and by the delegations that the database says hold now. */
  private isLetIn(who: string, way: Way): boolean {
    if (!this.isWhole) return false;
    const rule = way.delegation === null ? null : this.lent.get(way.delegation.id)!.rule;
    if (rule !== null) {
      const holdsNow = rule.startsAt <= this.now && this.now < rule.endsAt && rule.takenBackAt === null;
      if (!holdsNow || !this.held.has(`${rule.from}/${rule.role}`)) return false;
    }
    const roles = ROLES.filter((role) => this.held.has(`${who}/${role}`));
    const signer = { principal: who, kind: who === SERVICE ? ('service' as const) : ('person' as const), roles };
    return whyNotSign({ file: this.file, counted: this.judge().verified }, signer, way) === null;
  }

  withdraw(word: Word, key: string, id: string): void {
    const way = { stage: word.stage, role: word.role, via: null, delegation: null };
    const back = this.write(this.statement(word.who, way, { verdict: 'withdraw', supersedes: id }));
    this.said.set(key, { word: null, id: back });
  }

  lend(lent: Omit<Lent, 'takenBackAt' | 'endsAt'> & { hours: number }, key = keys.privateKey): string {
    const { from, to, role, startsAt, hours } = lent;
    const rule = { from, to, role, startsAt, endsAt: startsAt + hours * HOUR, takenBackAt: null };
    const id = `g${this.lent.size}`;
    this.lent.set(id, { rule, row: lentRow(id, rule, key) });
    return id;
  }

  takeBack({ rule, row }: { rule: Lent; row: StoredDelegation }): void {
    rule.takenBackAt ??= this.now;
    row.revokedAt ??= new Date(this.now).toISOString();
  }

  /** What is asked about is another thing now, perhaps under another policy: people are asked anew. */
  change(policy: ApprovalPolicy): void {
    this.rowsBefore.push(...this.rows);
    this.rows = [];
    this.said = new Map();
    this.isWhole = true;
    this.openedAt = this.now;
    this.request = requestOf({ policy, parts: this.start.parts }, this.now, (this.count += 1));
  }
}
