import type { FamilyRules, Verdict } from '../verdict.ts'

const codesOf = (verdict: Verdict, ...codes: number[]) => codes.map((code) => [String(code), verdict] as const)

/** Zhipu and Z.ai number their business errors; the HTTP status alone says little (429 covers an empty balance too). */
export const zhipu: FamilyRules = {
  codes: Object.fromEntries([
    ...codesOf('rejected', 1000, 1001, 1002, 1003, 1004, 1100, 1110, 1111, 1112, 1121),
    ...codesOf('exhausted', 1113, 1304, 1308, 1309, 1310),
    ...codesOf('caller-fault', 1210, 1211, 1212, 1213, 1214, 1215, 1221, 1222, 1231, 1261, 1300, 1301),
    ...codesOf('not-allowed', 1220, 1311),
    ...codesOf('rate-limited', 1302, 1303, 1313),
    ...codesOf('upstream-failed', 500, 1120, 1200, 1230, 1234, 1305, 1312),
  ]),
  /** "已达到 5 小时的使用上限。您的限额将在 2026-01-01 13:00:00 重置", "Your limit will reset at …": China Standard Time. */
  quotaResetMs(error, wallMs) {
    const said = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/.exec(error.message ?? '')
    const atMs = said ? Date.parse(`${said[1]}T${said[2]}+08:00`) : Number.NaN
    return Number.isNaN(atMs) ? null : Math.max(0, atMs - wallMs)
  },
}
