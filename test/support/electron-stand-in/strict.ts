/** What is not imitated throws by name when it is touched, so that no call is ever silently a no-op. */
export function strict<T extends object>(name: string, imitation: T): T {
  return new Proxy(imitation, {
    get(target, property) {
      if (property in target || typeof property === 'symbol' || isAskedByLanguage(property)) {
        // Methods reach the private members of what they belong to, not of this proxy.
        const value: unknown = Reflect.get(target, property, target)
        return typeof value === 'function' && !isClass(value) ? (value.bind(target) as unknown) : value
      }
      throw notImitated(`${name}.${property}`)
    },
  })
}

export function notImitated(what: string): Error {
  return new Error(
    `The Electron stand-in does not imitate ${what}: add it in test/support/electron-stand-in, from Electron's ` +
      'documentation, and add its line to docs/release-checklist.md.',
  )
}

const isClass = (value: object) => Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false

/** `await` and JSON ask every object for these. */
const isAskedByLanguage = (property: string) => property === 'then' || property === 'toJSON'
