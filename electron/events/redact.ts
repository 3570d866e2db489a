/**
 * Strings that look like a credential, in the shapes the providers document: `sk-…`, `gsk_…`, `AIza…`, JWTs, and any
 * bearer value. A net under the exact redaction by known secrets, which comes first.
 */
const keyShapes = [
  /\b(?:sk|pk|rk|gsk|xai|r8|hf|gw|tp)[-_][A-Za-z0-9_*.-]{8,}/g,
  /\bAIza[0-9A-Za-z_-]{20,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)?/g,
  /\bBearer\s+\S{8,}/gi,
  /\b[0-9a-f]{32}\.[A-Za-z0-9]{16}\b/g,
]

/** Replaces everything that has the shape of a key by `[key]`. */
export function redactKeyShapes(text: string): string {
  return keyShapes.reduce((redactedSoFar, shape) => redactedSoFar.replace(shape, '[key]'), text)
}
