/** One item of a task with what was to be answered and what was. `predicted` may lie outside the labels: it is wrong. */
export interface ScoredItem {
  id: string;
  expected: string;
  predicted: string;
}
