import { Alert } from '@mantine/core';
import { ApiProblem, wordsOf } from '../api/problem.js';

/** What went wrong, and by which number the operators find it. */
export function ProblemAlert({ error, title }: { error: unknown; title: string }) {
  const issues = error instanceof ApiProblem ? error.issues : [];
  const requestId = error instanceof ApiProblem && error.status >= 500 ? error.requestId : null;
  return (
    <Alert color="red" variant="outline" title={title} role="alert" className="alert">
      {wordsOf(error)}
      {issues.length > 0 && (
        <ul>
          {issues.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path} {message}
            </li>
          ))}
        </ul>
      )}
      {requestId !== null && <div className="dim">Request {requestId}</div>}
    </Alert>
  );
}
