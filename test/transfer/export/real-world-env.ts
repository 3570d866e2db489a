/** A `.env` as they grow in projects: comments, exports, a multi-line PEM, an entry with a comment of its own, CRLF. */
export const realWorldHead = [
  '# ---- web ----',
  'export APP_NAME="my app"   # shown in the title',
  '',
  'DATABASE_URL = postgres://me:secret-of-the-database@localhost/app',
  "GREETING='it is $5'",
  'export PRIVATE_KEY="-----BEGIN PRIVATE KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
  'MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu',
  '-----END PRIVATE KEY-----"',
  'BARE',
  '\tINDENTED=1',
  '',
  '# ---- models ----',
  '',
].join('\r\n')

export const realWorldConfigs = [
  "LLM_MODEL_CONFIGS='{",
  '  # the one for tests',
  '  "other": {"api_key": "sk-of-another-entry-0001", "api_base": "https://other.test/v1", "note": 1}',
  "}'  # end of models",
  '',
].join('\r\n')

export const realWorldTail = ['', 'LAST="no line end after this"'].join('\r\n')

export const realWorldEnv = `${realWorldHead}${realWorldConfigs}${realWorldTail}`
