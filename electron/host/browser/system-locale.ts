/** The language of the person at this terminal as a BCP 47 tag, from the POSIX variables (`zh_CN.UTF-8`), first set wins. */
export function systemLocale(env: Readonly<Record<string, string | undefined>>, fallback: string): string {
  const posix = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  const match = /^([a-z]{2,3})(?:_([A-Z]{2}))?(?:[.@].*)?$/.exec(posix)
  if (!match?.[1]) return fallback
  return match[2] ? `${match[1]}-${match[2]}` : match[1]
}
