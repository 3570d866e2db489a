import { hkdf } from './cipher.ts'

// Crockford's base32: no I, L, O or U, so that a printed kit can be read aloud and typed back.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const kitSecretBytes = 20
const groupLength = 4
const groups = 8

/**
 * A Reed-Solomon check symbol over GF(32), x^5 + x^2 + 1: one mistyped symbol, or two that changed places, never passes;
 * and a whole group in the wrong place does not either.
 */
function check(group: string, place: number): string {
  const sum = group.split('').reduce((passed, symbol) => timesAlpha(passed ^ alphabet.indexOf(symbol)), 0)
  return alphabet.charAt(sum ^ place)
}

function timesAlpha(element: number): number {
  const doubled = element << 1
  return doubled < 32 ? doubled : doubled ^ 0b10_0101
}

function toSymbols(secret: Uint8Array): string {
  const bits = [...secret].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet.charAt(Number.parseInt(five, 2))).join('')
}

function fromSymbols(symbols: string): Buffer {
  const bits = symbols
    .split('')
    .map((symbol) => alphabet.indexOf(symbol).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

/** 160 random bits as eight groups of four symbols, each with a fifth that checks it and its place. */
export function writeKit(secret: Uint8Array): string {
  const symbols = toSymbols(secret)
  return Array.from({ length: groups }, (_, place) => {
    const group = symbols.slice(place * groupLength, (place + 1) * groupLength)
    return group + check(group, place)
  }).join('-')
}

const normalised = (typed: string): string =>
  typed.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')

/** Which of the eight groups were mistyped, counted from 0; every group when the length is wrong. */
export function mistypedGroups(typed: string): number[] {
  const text = normalised(typed)
  const all = Array.from({ length: groups }, (_, place) => place)
  if (text.length !== groups * (groupLength + 1)) return all
  return all.filter((place) => {
    const group = text.slice(place * 5, place * 5 + groupLength)
    const isKnown = group.split('').every((symbol) => alphabet.includes(symbol))
    return !isKnown || text.charAt(place * 5 + groupLength) !== check(group, place)
  })
}

/** The kit's 20 bytes, or null when it was mistyped. */
export function parseKit(typed: string): Buffer | null {
  if (mistypedGroups(typed).length > 0) return null
  const text = normalised(typed)
  const symbols = Array.from({ length: groups }, (_, place) => text.slice(place * 5, place * 5 + groupLength))
  return fromSymbols(symbols.join(''))
}

/** Whether these groups of a kit were typed right, and at least one was. */
export function hasGroups(kit: string, typed: readonly { place: number; group: string }[]): boolean {
  const text = normalised(kit)
  const isRight = (place: number, group: string): boolean =>
    group.length === groupLength + 1 && group === text.slice(place * 5, place * 5 + 5)
  return typed.length > 0 && typed.every(({ place, group }) => isRight(place, normalised(group)))
}

/** The kit is random enough to need no slow derivation. */
export const kitKey = (secret: Uint8Array, salt: Uint8Array): Buffer => hkdf(secret, salt, 'kit/1')
