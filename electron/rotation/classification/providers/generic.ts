import type { FamilyRules, Verdict } from '../verdict.ts'

const codesOf = (verdict: Verdict, ...names: string[]) => names.map((name) => [name, verdict] as const)

/** Codes and sentences that mean the same wherever they are used; asked after the family's own. */
export const generic: FamilyRules & Required<Pick<FamilyRules, 'codes' | 'texts'>> = {
  codes: Object.fromEntries([
    ...codesOf(
      'address-blocked',
      'unsupported_country_region_territory',
      'unsupported_location_error',
      'region_not_supported',
      'location_not_supported',
    ),
    ...codesOf(
      'caller-fault',
      'context_length_exceeded',
      'string_above_max_length',
      'request_too_large',
      'content_policy_violation',
      'content_filter',
      'content_filtered',
      'contentfilter',
      'responsibleaipolicyviolation',
      'moderation_blocked',
      'data_inspection_failed',
      'sensitive_words_detected',
      'prompt_blocked',
      'unsupported_parameter',
      'unsupported_value',
      'missing_required_parameter',
      'invalid_image',
      'invalid_function_parameters',
    ),
    ...codesOf(
      'exhausted',
      'insufficient_quota',
      'insufficient_user_quota',
      'insufficient_balance',
      'insufficient_credits',
      'insufficient_funds',
      'pre_consume_token_quota_failed',
      'credit_balance_exhausted',
      'credit_balance_too_low',
      'credit_required',
      'credits_exhausted',
      'billing_hard_limit_reached',
      'billing_not_active',
      'billing_error',
      'blocked_api_access',
      'payment_required',
      'quota_exhausted',
      'arrearage',
    ),
    ...codesOf(
      'rate-limited',
      'rate_limit_exceeded',
      'rate_limit_error',
      'rate_limit_reached',
      'rate_limit_reached_error',
      'rate_limited',
      'too_many_requests',
      'requests_per_minute_limit',
      'tokens_per_minute_limit',
    ),
    ...codesOf(
      'upstream-failed',
      'engine_overloaded',
      'engine_overloaded_error',
      'server_is_overloaded',
      'overloaded_error',
      'model_overloaded',
      'slow_down',
    ),
    ...codesOf(
      'rejected',
      'invalid_api_key',
      'incorrect_api_key',
      'incorrect_api_key_error',
      'api_key_invalid',
      'api_key_expired',
      'invalid_authentication',
      'invalid_authentication_error',
      'authentication_error',
      'account_deactivated',
      'key_revoked',
      'token_expired',
    ),
  ]),
  texts: [
    {
      verdict: 'address-blocked',
      // Only where access is denied: a 400 may speak of a parameter of that name.
      statuses: [403],
      pattern:
        /(?:country|region|territory|location|地区|区域)[^.]{0,60}(?:not (?:supported|available|allowed)|unsupported|restricted|不支持|受限)|unsupported (?:country|region|location)|verify (?:that )?you are (?:a )?human|complete the captcha/i,
    },
    {
      verdict: 'caller-fault',
      // Not a 429: models are named after moderation too.
      statuses: [400, 403, 422],
      pattern:
        /\b(?:flagged|moderation|content (?:policy|filter|management policy)|safety system)\b|data may contain inappropriate content|敏感(?:内容|词)|不安全或敏感/i,
    },
    {
      verdict: 'caller-fault',
      pattern:
        /maximum context length|context (?:length|window)[^.]{0,40}exceed|exceeds?[^.]{0,40}context (?:length|window)|prompt is too long|reduce the length of|request too large for|input is too long|超[过出].{0,12}(?:上下文|最大长度)/i,
    },
    {
      verdict: 'exhausted',
      statuses: [400, 401, 402, 403, 429],
      pattern:
        /insufficient[ _-](?:account[ _-])?(?:balance|quota|credits?|funds)|(?:credit )?balance is (?:too low|insufficient|not enough|negative|zero)|(?:not enough|no remaining|out of|run out of|insufficient|add more|used all available) credits?\b|check your (?:plan and )?billing|billing (?:hard |soft )?limit|billing (?:is )?(?:not active|inactive|disabled)|spend(?:ing)? (?:cap|limit)|(?:key|credit|usage|budget) limit (?:exceeded|reached)|budget (?:has been )?exceeded|exceeded (?:your )?(?:current |monthly )(?:quota|budget)|(?:account|balance)[^.]{0,30}(?:in arrears|overdue)|payment required|余额不足|余额已用完|账户?欠费|已欠费|额度(?:不足|已用[完尽]|已耗尽)/i,
    },
    {
      verdict: 'rejected',
      statuses: [400, 401, 403],
      pattern:
        /(?:api|access)[ _-]?(?:key|token)[^.]{0,60}(?:not valid|invalid|incorrect|expired|revoked|disabled|not found|does ?n[o']t exist)|(?:invalid|incorrect|expired|revoked|disabled|malformed|no) (?:api|access|auth(?:entication|orization)?)[ _-]?(?:key|token)|(?:无效|错误|失效|过期)的? ?(?:api ?key|密钥|令牌)/i,
    },
    {
      verdict: 'upstream-failed',
      statuses: [429],
      pattern:
        /\b(?:engine|model|server|service|provider|system)s?\b[^.]{0,40}\b(?:overloaded|at capacity|busy)\b|temporarily overloaded|system (?:is )?(?:cpu|disk|memory) overloaded/i,
    },
    {
      verdict: 'rate-limited',
      statuses: [400, 403],
      pattern: /\brate[ -]?limit(?:ed|ing|s)?\b|too many requests|请求(?:过于频繁|频率过高)/i,
    },
  ],
}
