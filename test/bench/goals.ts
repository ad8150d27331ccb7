import type { AssayFigures } from './parts/assay.js';
import type { AtOnceFigures } from './parts/at-once.js';
import type { AuditFigures } from './parts/audit.js';
import type { DecisionFigures } from './parts/decisions.js';
import type { FanOutFigures } from './parts/fan-out.js';
import type { InboxFigures } from './parts/inbox.js';
import type { PeerFigures } from './parts/peers.js';
import type { RecoveryFigures } from './parts/recovery.js';

export interface Results {
  assay?: AssayFigures;
  'at-once'?: AtOnceFigures[];
  'fan-out'?: FanOutFigures;
  decisions?: DecisionFigures[];
  audit?: AuditFigures;
  recovery?: RecoveryFigures;
  inbox?: InboxFigures;
  peers?: PeerFigures[];
}

interface Goal {
  what: string;
  limit: string;
  /** Undefined where it was not measured in this run. */
  measured: number | undefined;
  isMet(value: number): boolean;
}

const atLeast = (limit: number) => (value: number) => value >= limit;
const atMost = (limit: number) => (value: number) => value <= limit;

function goalsOf(results: Results): Goal[] {
  const { assay, audit, decisions, recovery, inbox, peers = [] } = results;
  const perMinute = Math.max(...(results['at-once'] ?? []).map((one) => one.lifecyclesPerMinute));
  const goals: Goal[] = [
    {
      what: 'a stage, times the floor of local activities',
      limit: '≤ 2.5',
      measured: assay?.timesTheFloor ?? undefined,
      isMet: atMost(2.5),
    },
    { what: 'lifecycles a minute', limit: '≥ 1,000', measured: finite(perMinute), isMet: atLeast(1_000) },
    {
      what: 'sharded items a second',
      limit: '≥ 1,000',
      measured: results['fan-out']?.shardedPerSecond,
      isMet: atLeast(1_000),
    },
    { what: 'recovery of a bookkeeping step, s', limit: '≤ 6', measured: recovery?.localSeconds, isMet: atMost(6) },
    { what: 'recovery of an ordinary step, s', limit: '≤ 6', measured: recovery?.ordinarySeconds, isMet: atMost(6) },
    {
      what: 'decision to next stage, p50 ms',
      limit: '≤ 100',
      measured: decisions?.[0]?.p50Milliseconds,
      isMet: atMost(100),
    },
    {
      what: 'audited changes a second, 8 writers',
      limit: '≥ 2,500',
      measured: audit?.changesPerSecond,
      isMet: atLeast(2_500),
    },
    {
      what: 'event to checkpoint under that load, s',
      limit: '≤ 2',
      measured: audit?.largestLagSeconds,
      isMet: atMost(2),
    },
    { what: "writers waiting on another's lock", limit: '0', measured: audit?.lockWaits, isMet: atMost(0) },
    { what: '10,000 events verified, s', limit: '< 1', measured: audit?.verifySeconds, isMet: (value) => value < 1 },
    {
      what: 'page of an inbox with 5,000 requests, p99 ms',
      limit: '≤ 200',
      measured: inbox?.slowestP99Milliseconds,
      isMet: atMost(200),
    },
  ];
  return [...goals, ...peers.flatMap((peer) => goalsAgainst(peer, results, finite(perMinute)))];
}

function goalsAgainst(peer: PeerFigures, results: Results, perMinute: number | undefined): Goal[] {
  const items = results['fan-out']?.itemsPerSecond;
  const against = (what: string, ours: number | undefined, theirs: number | undefined): Goal[] =>
    theirs === undefined
      ? []
      : [
          {
            what: `${what}, times ${peer.tool}`,
            limit: '≥ 3',
            measured: ours === undefined ? undefined : ours / theirs,
            isMet: atLeast(3),
          },
        ];
  return [
    ...against('pipelines a minute', perMinute, peer.pipelinesPerMinute),
    ...against('fan-out items a second', items, peer.tasksPerSecond),
  ];
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

/** The goals and what of them was met in this run. */
export function goalTable(results: Results): { columns: string[]; rows: (string | number)[][] } {
  const rows = goalsOf(results).map(({ what, limit, measured, isMet }) => [
    what,
    limit,
    measured ?? '–',
    measured === undefined ? 'not measured' : isMet(measured) ? 'met' : 'not met',
  ]);
  return { columns: ['goal', '', 'measured', ''], rows };
}
