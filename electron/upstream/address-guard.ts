/** No key is ever sent to a link-local or metadata address, whatever name leads there. */
import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { unbracketed } from './hostname.ts'

const forbidden = new BlockList()
forbidden.addSubnet('0.0.0.0', 8, 'ipv4')
forbidden.addSubnet('169.254.0.0', 16, 'ipv4')
forbidden.addAddress('100.100.100.200', 'ipv4')
forbidden.addSubnet('fe80::', 10, 'ipv6')
forbidden.addAddress('::', 'ipv6')
forbidden.addAddress('fd00:ec2::254', 'ipv6')

export function isForbiddenAddress(address: string) {
  const family = isIP(address)
  // BlockList knows IPv4 addresses mapped into IPv6 by itself.
  return family !== 0 && forbidden.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** A host given as an address is not looked up, so it is checked before connecting. */
export function isForbiddenHost(hostname: string) {
  return isForbiddenAddress(unbracketed(hostname))
}

/** The system's lookup without the forbidden addresses; when none is left, the connection is refused. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, options.all ? [] : '', 0)
    const addresses: LookupAddress[] = found.filter(({ address }) => !isForbiddenAddress(address))
    const first = addresses[0]
    if (!first) {
      return callback(
        Object.assign(new Error('forbidden address'), { code: 'EFORBIDDENADDRESS' }),
        options.all ? [] : '',
        0,
      )
    }
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
  })
}
