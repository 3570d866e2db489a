/** The words of a rehearsal, for both sides; the schemas are in rehearsal.ts. */

/**
 * Whose name the requests of a rehearsal carry, whoever sent them: by it every list shows them for what they are, and
 * every sum leaves them out.
 */
export const rehearsalClient = 'rehearsal'

export const isRehearsed = ({ client }: { client: string }) => client === rehearsalClient
