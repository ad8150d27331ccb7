const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a column of ids could hold this: Postgres is asked about nothing else. */
export const isUuid = (text: string): boolean => UUID.test(text);
