import { asRecord } from '../rotation/classification/provider-error.ts'

/** Some providers answer whole although a stream was asked for: to its reader such an answer is a stream of one piece. */
export async function asStream(answer: Response): Promise<Response> {
  const type = answer.headers.get('content-type') ?? ''
  if (!answer.ok || !/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) return answer
  const whole = asRecord(await answer.json())
  const choices = Array.isArray(whole?.['choices']) ? whole['choices'] : []
  const pieces = choices.map((choice) => ({ ...asRecord(choice), delta: asRecord(choice)?.['message'] ?? {} }))
  const body = `data: ${JSON.stringify({ ...whole, choices: pieces })}\n\ndata: [DONE]\n\n`
  return new Response(body, { status: answer.status, headers: { 'content-type': 'text/event-stream' } })
}
