/** Controls, and characters that hide or reorder text; line breaks and tabs stay. */
const HIDING = /([^\P{C}\n\t]|\u2028|\u2029|\u115f|\u1160|\u3164|\uffa0|\ufe0f|\u034f)/u;

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Text of models and people as text and nothing else: no markup, no images, no links; characters that hide or reorder
 * what stands beside them are shown by their number.
 */
export function InertText({ children }: { children: string }) {
  const parts = children.split(HIDING);
  return (
    <bdi className="inert">
      {parts.map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- parts of one text never change places
          <span className="hidden-character" key={index}>
            {codeOf(part)}
          </span>
        ),
      )}
    </bdi>
  );
}
