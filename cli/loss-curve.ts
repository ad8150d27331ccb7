const COLUMNS = 60;
const ROWS = 8;

type Point = Record<string, number>;

/** Losses over steps as text: `•` training, `○` validation, `│` where training went on after its process was lost. */
export function lossCurve(points: readonly Point[]): string[] {
  const training = pairs(points, 'loss');
  if (training.length < 2) return [];
  const validation = pairs(points, 'validationLoss');
  const values = [...training, ...validation].map(([, value]) => value);
  const steps = training.map(([step]) => step);
  const frame = {
    from: Math.min(...steps),
    to: Math.max(...steps),
    low: Math.min(...values),
    high: Math.max(...values),
  };
  const grid = Array.from({ length: ROWS }, () => Array.from({ length: COLUMNS }, () => ' '));
  const put = (step: number, row: number, mark: string): void => {
    const column = Math.round(share(step, frame.from, frame.to) * (COLUMNS - 1));
    grid[row]![column] = mark;
  };
  const rowOf = (value: number): number => Math.round((1 - share(value, frame.low, frame.high)) * (ROWS - 1));
  const seams = seamsOf(points);
  for (const step of seams) for (let row = 0; row < ROWS; row++) put(step, row, '│');
  for (const [step, value] of training) put(step, rowOf(value), '•');
  for (const [step, value] of validation) put(step, rowOf(value), '○');
  const label = (row: number): string =>
    row === 0 ? frame.high.toFixed(3) : row === ROWS - 1 ? frame.low.toFixed(3) : '';
  const marks = ['• loss', ...(validation.length > 0 ? ['○ validation loss'] : [])];
  const seam = seams.map((step) => `│ went on at step ${step} after its process was lost`);
  return [
    ...grid.map((row, index) => `${label(index).padStart(8)} ┤${row.join('').trimEnd()}`),
    `${' '.repeat(8)} └${'─'.repeat(COLUMNS)}`,
    `${' '.repeat(10)}step ${frame.from} to ${frame.to} · ${[...marks, ...seam].join(' · ')}`,
  ];
}

/** Step (or place, where there is none) and value; of a step that was done twice the later one. */
function pairs(points: readonly Point[], name: string): [step: number, value: number][] {
  const byStep = new Map<number, number>();
  for (const [index, point] of points.entries()) {
    const value = point[name];
    if (value !== undefined) byStep.set(point['step'] ?? index + 1, value);
  }
  return [...byStep].sort(([a], [b]) => a - b);
}

/** The first step of every attempt but the first. */
function seamsOf(points: readonly Point[]): number[] {
  const attempts = new Map<number, number>();
  for (const { attempt, step } of points)
    if (attempt !== undefined && step !== undefined && !attempts.has(attempt)) attempts.set(attempt, step);
  return [...attempts.values()];
}

const share = (value: number, low: number, high: number): number => (high === low ? 0.5 : (value - low) / (high - low));
