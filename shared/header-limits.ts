/** How many extra headers a model may have. */
export const maxHeaders = 32
