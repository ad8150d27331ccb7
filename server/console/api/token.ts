let token: string | null = null;

/** The token that this page was given; it is in memory only and gone with the page. */
export const heldToken = (): string | null => token;

export const holdToken = (given: string | null): void => {
  token = given;
};
