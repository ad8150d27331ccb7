import type { RouteMove } from '../ports/registry-store.js';

/** Where an alias pointed after a move. */
export type Move = Pick<RouteMove, 'alias' | 'routes' | 'champion' | 'requestId'> & {
  revision: number;
  /** ISO 8601. */
  at: string;
};

/** A time in which an alias gave a version traffic without a break. */
export interface ServingPeriod {
  alias: string;
  /** ISO 8601. */
  from: string;
  /** Null: it is served now. */
  until: string | null;
  /** Its share of the traffic at the end of the period, in per cent. */
  weight: number;
  isChampion: boolean;
  /** The approval under which the last move of the period happened. */
  requestId: string;
  /** The alias's revision by that move. */
  revision: number;
}

/** When and where a version was served, from all moves of the aliases that ever pointed at it; oldest first. */
export function servingPeriods(moves: readonly Move[], versionId: string): ServingPeriod[] {
  const aliases = [...new Set(moves.map(({ alias }) => alias))].sort();
  return aliases
    .flatMap((alias) =>
      periodsOf(
        moves.filter((move) => move.alias === alias),
        versionId,
      ),
    )
    .sort((left, right) => Date.parse(left.from) - Date.parse(right.from));
}

function periodsOf(moves: readonly Move[], versionId: string): ServingPeriod[] {
  const periods: ServingPeriod[] = [];
  for (const move of moves.toSorted((left, right) => left.revision - right.revision)) {
    const weight = move.routes.find((route) => route.versionId === versionId)?.weight ?? 0;
    const open = periods.at(-1)?.until === null ? periods.pop() : undefined;
    if (weight > 0) periods.push({ ...shareBy(move, versionId), weight, from: open?.from ?? move.at });
    else if (open !== undefined) periods.push({ ...open, until: move.at });
  }
  return periods;
}

const shareBy = ({ alias, champion, requestId, revision }: Move, versionId: string) => ({
  alias,
  until: null,
  isChampion: champion === versionId,
  requestId,
  revision,
});
