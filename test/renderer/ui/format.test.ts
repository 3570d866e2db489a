import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatDuration,
  formatDurations,
  formatList,
  formatRelative,
  formatRow,
  formatSentences,
  formatShare,
  formatSpan,
} from '../../../renderer/ui/format.ts'

describe('numbers and times', () => {
  it('say the seconds of a few minutes, so that 90 seconds are not called two minutes', () => {
    expect(formatSpan(90_000, 'en')).toBe('1 min\u00a030\u00a0s')
    expect(formatSpan(90_000, 'en', 'long')).toBe('1 minute\u00a030 seconds')
    expect(formatSpan(90_000, 'zh-CN')).toBe('1\u00a0分钟\u00a030\u00a0秒')
    expect(formatSpan(119_001, 'en')).toBe('2 min')
    expect(formatSpan(599_001, 'en')).toBe('10 min')
    expect(formatSpan(600_001, 'en')).toBe('11 min')
  })

  it('count a span down in one unit, rounded up', () => {
    expect(formatSpan(18_001, 'en')).toBe('19\u00a0s')
    expect(formatSpan(5 * 60_000, 'en')).toBe('5 min')
    expect(formatSpan(120_000, 'en', 'long')).toBe('2 minutes')
    expect(formatSpan(24 * 3_600_000, 'en', 'long')).toBe('24 hours')
    expect(formatSpan(19_000, 'zh-CN')).toBe('19\u00a0秒')
    expect(formatSpan(1_000, 'en', 'long')).toBe('1 second')
  })

  it('never show a span below zero', () => {
    expect(formatSpan(-5_000, 'en')).toBe('0\u00a0s')
  })

  it('tell how far away a moment is', () => {
    expect(formatRelative(1_000, 3_000, 'en')).toBe('2 seconds ago')
    expect(formatRelative(63 * 60_000, 0, 'en')).toBe('in 63 minutes')
    expect(formatRelative(0, 0, 'en')).toBe('now')
    expect(formatRelative(1_000, 3_000, 'zh-CN')).toBe('2\u00a0秒前')
  })

  it('call a share 100 % only when nothing failed', () => {
    expect(formatShare(1, 'en')).toBe('100%')
    expect(formatShare(0.99996, 'en')).toBe('99.9%')
    expect(formatShare(0, 'en')).toBe('0%')
  })

  it('give a duration in milliseconds below a second', () => {
    expect(formatDuration(402.4, 'en')).toBe('402 ms')
    expect(formatDuration(1_340, 'en')).toBe('1.3\u00a0s')
  })

  it('write two durations with one unit between them', () => {
    expect(formatDurations(412.4, 979.6, 'en')).toBe('412 · 980 ms')
    expect(formatDurations(402, 3_840, 'en')).toBe('0.4 · 3.8\u00a0s')
    expect(formatDurations(2_000, 4_100, 'zh-CN')).toBe('2.0 · 4.1\u00a0秒')
  })

  it('keep a number apart from the Chinese word after it, as the texts around it do', () => {
    expect(formatDuration(402.4, 'zh-CN')).toBe('402\u00a0毫秒')
    expect(formatRelative(3 * 3_600_000, 0, 'zh-CN')).toBe('3\u00a0小时后')
    expect(formatSpan(15 * 60_000, 'zh-CN', 'long')).toBe('15\u00a0分钟')
  })

  it('name several things, and in Chinese keep the "and" apart from what is not Chinese', () => {
    expect(formatList(['a', 'b', 'c'], 'en')).toBe('a, b, and c')
    expect(formatList(['gpt-4o', 'glm-4.7'], 'zh-CN')).toBe('gpt-4o 和 glm-4.7')
    expect(formatList(['甲', '乙', 'c'], 'zh-CN')).toBe('甲、乙和 c')
    expect(formatList(['only'], 'zh-CN')).toBe('only')
    expect(formatRow(['a', 'b'], 'en')).toBe('a, b')
    expect(formatRow(['a', 'b'], 'zh-CN')).toBe('a、b')
  })

  it('put sentences one after the other, without a space where the full stop has one', () => {
    expect(formatSentences(['One.', '', 'Two.'], 'en')).toBe('One. Two.')
    expect(formatSentences(['一。', '二。'], 'zh-CN')).toBe('一。二。')
  })

  it('never round a failure away', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.99999999, noNaN: true }), (share) => {
        expect(formatShare(share, 'en')).not.toBe('100%')
      }),
    )
  })
})
