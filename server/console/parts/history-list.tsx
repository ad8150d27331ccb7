import type { ReactNode } from 'react';
import { InertText } from './inert-text.js';
import { absolute } from './moment.js';

/** What was said or done, in order, with the reason that was given for it. */
export function HistoryList({
  entries,
}: {
  entries: readonly { id: string; at: string; what: ReactNode; reason: string | null }[];
}) {
  return (
    <ol className="history">
      {entries.map(({ id, at, what, reason }) => (
        <li key={id}>
          <time dateTime={at}>{absolute(at)}</time>
          <div>
            {what}
            {reason !== null && (
              <blockquote>
                <InertText>{reason}</InertText>
              </blockquote>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
