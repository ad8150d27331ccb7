/** `0.7` as `70 %`. */
export const percent = (share: number): string => `${Number((share * 100).toFixed(4))} %`;
