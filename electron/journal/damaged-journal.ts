/** What was read cannot be a journal. */
export class DamagedJournal extends Error {
  override readonly name = 'DamagedJournal'
}
