/** How `sei-roster` ends. SIGTERM is told apart from SIGINT as shells do it: 128 and the number of the signal. */
export const EXIT = { fine: 0, error: 1, changes: 2, refused: 3, interrupted: 130, terminated: 143 } as const;
