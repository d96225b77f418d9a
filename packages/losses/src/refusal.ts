/** What every error of this package says. */
export const refusal = (caller: string, wanted: string, fact: string): string =>
  `${caller}() expects ${wanted}, but ${fact}`;
