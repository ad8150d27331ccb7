import { Button, Radio, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { answerOf, api, newKey } from '../api/client.js';
import type { Task } from '../api/queries.js';
import { ProblemAlert } from '../parts/problem-alert.js';
import { Section } from '../parts/section.js';

/** One answer, from the choices where there are some, with a reason that may be left out. */
export function AnswerForm({ task }: { task: Task }) {
  const [answer, setAnswer] = useState('');
  const [reason, setReason] = useState('');
  const key = useRef(newKey());
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: () => {
      const params = { path: { id: task.id }, header: { 'Idempotency-Key': key.current } };
      return answerOf(
        api.POST('/v1/tasks/{id}/answers', { params, body: { answer: answer.trim(), reason: reason.trim() } }),
      );
    },
    onError: () => (key.current = newKey()),
    onSuccess: () => queries.invalidateQueries(),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send.mutate();
  };
  return (
    <Section title="Your answer" id="answer">
      <form onSubmit={submit} className="stack">
        {task.form.choices === undefined ? (
          <Textarea
            label="Answer"
            value={answer}
            onChange={({ currentTarget }) => setAnswer(currentTarget.value)}
            required
            autosize
            minRows={2}
          />
        ) : (
          <Radio.Group label="Answer" value={answer} onChange={setAnswer} required>
            <div className="choices">
              {task.form.choices.map((choice) => (
                <Radio key={choice} value={choice} label={choice} />
              ))}
            </div>
          </Radio.Group>
        )}
        <Textarea
          label="Reason (may be left out)"
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
          autosize
        />
        {send.error !== null && <ProblemAlert error={send.error} title="It was not answered" />}
        <Button type="submit" size="md" className="act" disabled={answer.trim() === ''} loading={send.isPending}>
          Sign the answer
        </Button>
      </form>
    </Section>
  );
}
