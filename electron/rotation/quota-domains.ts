/** The quota of a tag that a person gave, and that of an organisation which a provider named. */
export const accountDomain = (tag: string): string => `account ${tag}`
export const organisationDomain = (name: string): string => `${learnedPrefix}${name}`
export const isLearnedDomain = (domain: string): boolean => domain.startsWith(learnedPrefix)
const learnedPrefix = 'organisation '

/** Which keys of a pool draw on one quota, by tag or as learnt: what limits one of them limits all of them. */
export class QuotaDomains {
  readonly #members = new Map<string, Set<number>>()
  readonly #ofSlot = new Map<number, string[]>()

  join(slot: number, domain: string): void {
    const domains = this.#ofSlot.get(slot) ?? []
    if (domains.includes(domain)) return
    this.#ofSlot.set(slot, [...domains, domain])
    const members = this.#members.get(domain) ?? new Set()
    this.#members.set(domain, members.add(slot))
  }

  domainsOf(slot: number): readonly string[] {
    return this.#ofSlot.get(slot) ?? []
  }

  /** The other keys that share a quota with this one. */
  siblings(slot: number): number[] {
    const all = new Set<number>()
    for (const domain of this.domainsOf(slot)) for (const member of this.#members.get(domain) ?? []) all.add(member)
    all.delete(slot)
    return [...all]
  }
}
