import type { Approval } from '../api/queries.js';
import type { DecisionVerdict } from './verdict-words.js';

/** In which part somebody signs, and for whom. */
export interface SigningWay {
  stage: string;
  role: string;
  onBehalfOf?: string;
}

/** How the viewer could say this now: in the parts that they may sign, or about what they said before. */
export const waysFor = ({ viewer }: Approval, verdict: DecisionVerdict): SigningWay[] =>
  verdict === 'withdraw'
    ? viewer.said.map(({ stage, role }) => ({ stage, role }))
    : viewer.maySignAs.map(({ stage, role, onBehalfOf }) => ({
        stage,
        role,
        ...(onBehalfOf !== null && { onBehalfOf }),
      }));

/** `risk`, or `risk for leo`. */
export const labelOf = ({ stage, role, onBehalfOf }: SigningWay): string =>
  `${role} (${stage})${onBehalfOf === undefined ? '' : ` for ${onBehalfOf}`}`;
