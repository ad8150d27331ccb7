import { Textarea } from '@mantine/core';

const SHORTEST_REASON = 10;
const LONGEST_REASON = 2_000;

/** Why a reason will not do, or null where it will. */
export const whyNoReason = (reason: string): string | null =>
  reason.trim().length < SHORTEST_REASON ? `Write at least ${SHORTEST_REASON} characters.` : null;

/** A reason with its count; it says what is wrong once somebody tried to sign. */
export function ReasonField({ value, onChange, isTried, label = 'Your reason', id }: ReasonFieldOptions) {
  const problem = isTried ? whyNoReason(value) : null;
  return (
    <Textarea
      id={id}
      label={label}
      description={`Everybody who looks at this release reads it. ${value.trim().length} of at least ${SHORTEST_REASON} characters.`}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={problem}
      maxLength={LONGEST_REASON}
      minRows={3}
      autosize
      required
      withAsterisk={false}
    />
  );
}

interface ReasonFieldOptions {
  id: string;
  value: string;
  onChange: (reason: string) => void;
  isTried: boolean;
  label?: string;
}
