/** More classes than this are no classes but names of the rows; it also bounds what their texts take. */
export const MOST_CLASSES = 10_000
