import { proxy } from 'comlink'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { QuestionProgress } from '../../capacity/question/options.js'
import { describeBug } from '../desk/fault.js'
import type { Page } from '../state/page.js'
import type { Inquiry, InquiryAnswer } from './inquiry.js'

/** A question that may be asked, and how far it is. */
export interface Asked {
  readonly state: 'unasked' | 'asking' | 'answered'
  readonly progress: QuestionProgress | null
  /** Never abandoned: then it is as if nobody had asked. */
  readonly answer: Exclude<InquiryAnswer, { kind: 'abandoned' }> | null
  ask(): void
  cancel(): void
}

type Moment = Pick<Asked, 'state' | 'progress' | 'answer'>

const UNASKED: Moment = { state: 'unasked', progress: null, answer: null }

/** A question about what is shown; when `shown` is another, or it is shown no more, nobody waits for the answer. */
export function useInquiry(page: Page, about: Inquiry, threads: number, shown: unknown): Asked {
  const [moment, setMoment] = useState(UNASKED)
  const number = useRef(0)
  const subject = about.kind === 'node' ? about.node : about.kind
  useEffect(() => {
    setMoment(UNASKED)
    return () => {
      number.current++
      void page.desk.dropInquiry()
    }
  }, [page, subject, shown])
  const ask = async () => {
    const own = ++number.current
    const show = (next: Moment) => {
      if (own === number.current) setMoment(next)
    }
    show({ ...UNASKED, state: 'asking' })
    const tell = proxy((progress: QuestionProgress) => show({ ...UNASKED, state: 'asking', progress }))
    const answer = await page.desk.ask(about, { threads }, tell).catch(asFault)
    show(answer.kind === 'abandoned' ? UNASKED : { state: 'answered', progress: null, answer })
    // Progress comes on a way of its own, and some of it only after the answer: nobody listens to it any more.
    if (own === number.current) number.current++
  }
  return { ...moment, ask: () => void ask(), cancel: () => void page.desk.dropInquiry() }
}

function asFault(error: unknown): InquiryAnswer {
  return { kind: 'fault', fault: describeBug(error) }
}
