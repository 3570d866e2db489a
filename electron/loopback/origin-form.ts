/** Origin-form only (RFC 9112 §3.2.1): an absolute target names a host of its own. */
export const isOriginForm = (target: string): boolean => /^\/(?!\/)[\x21-\x7e]*$/.test(target)
