/** Runs in a thread of the page, so that typing never waits for a count. */
import { answerCalls } from '../../../ui/answer-calls.ts'
import { countText } from './count-tokens.ts'

answerCalls((texts: readonly string[]) => texts.map(countText))
