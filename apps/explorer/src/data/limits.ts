/** What the page trains on: more columns or rows would take a step longer than a picture. */
export const fileLimits = { columns: 256, rows: 5000 } as const
