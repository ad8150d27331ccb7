import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answerOf, api, newKey } from '../api/client.js';
import type { Approval } from '../api/queries.js';
import type { DecisionVerdict } from './verdict-words.js';
import type { SigningWay } from './ways.js';

interface Said extends SigningWay {
  verdict: DecisionVerdict;
  reason: string;
  conditions?: string[];
}

/** Signs a decision about exactly the content on this page. What is said again unchanged is the same act. */
export function useDecide({ id, subjectDigest }: Approval) {
  const queries = useQueryClient();
  const act = useRef({ said: '', key: '' });
  return useMutation({
    mutationFn: (said: Said) => {
      const text = JSON.stringify([id, subjectDigest, said]);
      if (act.current.said !== text) act.current = { said: text, key: newKey() };
      const params = { path: { id }, header: { 'Idempotency-Key': act.current.key } };
      return answerOf(api.POST('/v1/approvals/{id}/decisions', { params, body: { ...said, subjectDigest } }));
    },
    onSettled: () => queries.invalidateQueries(),
  });
}
