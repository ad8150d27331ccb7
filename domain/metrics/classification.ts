import { classCountsOf, type ClassCounts } from './class-counts.js';
import type { Confusion } from './confusion.js';

/** One class's scores; a ratio without a denominator is 0 (scikit-learn's `zero_division=0`). */
export interface ClassScores {
  label: string;
  precision: number;
  recall: number;
  f1: number;
  /** Items of which this was the expected answer. */
  support: number;
}

/** The share of items that were answered rightly, from 0 to 1. At least one item. */
export const accuracyOf = (counts: ClassCounts): number =>
  counts.right.reduce((sum, right) => sum + right, 0) / counts.items;

/**
 * The plain mean of the classes' F1 over the classes that occur in expected or in answered labels, as scikit-learn's
 * `f1_score(average='macro')` with its defaults. An answer outside the task's labels is a class of its own with F1 0.
 */
export function macroF1Of({ expected, predicted, right }: ClassCounts): number {
  let sum = 0;
  let classes = 0;
  for (let index = 0; index < right.length; index++) {
    const both = (expected[index] as number) + (predicted[index] as number);
    if (both === 0) continue;
    sum += (2 * (right[index] as number)) / both;
    classes += 1;
  }
  return sum / classes;
}

/** Each class's scores, in the order of the confusion's labels. */
export function classScoresOf(confusion: Confusion): ClassScores[] {
  const counts = classCountsOf(confusion);
  return confusion.labels.map((label, index) => scoresOf(label, index, counts));
}

function scoresOf(label: string, index: number, counts: ClassCounts): ClassScores {
  const right = counts.right[index] as number;
  const support = counts.expected[index] as number;
  const predicted = counts.predicted[index] as number;
  return {
    label,
    precision: ratio(right, predicted),
    recall: ratio(right, support),
    f1: ratio(2 * right, support + predicted),
    support,
  };
}

const ratio = (numerator: number, denominator: number): number => (denominator === 0 ? 0 : numerator / denominator);
