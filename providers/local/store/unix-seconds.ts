/** Now, as the OpenAI protocol writes it. */
export const unixSeconds = (): number => Math.floor(Date.now() / 1000);
