/** The text and the space before what follows it; a full-width mark at its end brings room of its own. */
export const spaced = (text: string): string => (/[\u3000-\u303f\uff00-\uffef]$/.test(text) ? text : `${text} `)
