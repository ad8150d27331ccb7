import { Pool } from 'pg';
import { measurePace, SIZES, type Pace } from '../pace.js';
import type { Part } from '../part.js';
import { repeatedly } from '../statistics.js';

export interface RowFigures extends Pace {
  rowsPerSecond: number;
}

const ROWS = 1_000;
const CONNECTIONS = 20;

/** The floor of floors: a row a step, committed to disk, and nothing else. */
export const postgresRows: Part = {
  name: 'postgres',
  title: 'Raw Postgres: a committed row a step',
  async run({ world: open, isQuick }) {
    const world = await open();
    const pool = new Pool({ connectionString: world.postgres.ownerUrl, max: CONNECTIONS });
    try {
      await pool.query('create table if not exists bench_row (id bigint generated always as identity, step text)');
      const write = () => pool.query({ name: 'row', text: 'insert into bench_row (step) values ($1)', values: ['x'] });
      const pace = await measurePace(
        async () => {
          const startedAt = performance.now();
          for (let step = 0; step < 8; step++) await write();
          return performance.now() - startedAt;
        },
        SIZES[isQuick ? 'quick' : 'whole'],
      );
      const startedAt = performance.now();
      await repeatedly(ROWS, CONNECTIONS, async () => void (await write()));
      const rowsPerSecond = (ROWS * 1000) / (performance.now() - startedAt);
      const { millisecondsPerStep, pipelinesPerMinute } = pace;
      return {
        columns: ['', 'ms a step', 'pipelines a minute', 'rows a second'],
        rows: [['eight rows, one after the other', millisecondsPerStep, pipelinesPerMinute, rowsPerSecond]],
        figures: { ...pace, rowsPerSecond } satisfies RowFigures,
      };
    } finally {
      await pool.end();
    }
  },
};
