/** What is not known, and why: nothing is made up in its place. */
export function Unknown({ reason }: { reason: string }) {
  return <p className="unknown-note">Not known: {reason}</p>;
}
