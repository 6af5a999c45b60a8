/**
 * One step of a call: whose phone rings, or what is said. Kamailio carries it through the call as one word and says it
 * again with every event, so that an event can be understood without anything remembered from before.
 */
export type Step =
  | { kind: 'ring'; advisorId: string }
  /** Hanging up while it is spoken accepts: this advisor calls back before then. */
  | { kind: 'offer'; advisorId: string; before: Date }
  /** The caller waits for this advisor, who is finishing. */
  | { kind: 'hold'; advisorId: string }
  /** Nobody is free: the caller waits for whoever is first, until then at the latest. */
  | { kind: 'wait'; until: Date }
  /** Nobody could answer: this advisor calls back before then. */
  | { kind: 'promise'; advisorId: string; before: Date }
  /** Nobody could answer: the caller may leave a message, and this advisor calls back before then all the same. */
  | { kind: 'voicemail'; advisorId: string; before: Date }
  /** The same for who cannot be rung back: only what they say is owed an answer, by this advisor before then. */
  | { kind: 'message'; advisorId: string; before: Date }
  /** The operator's own front desk or voicemail. */
  | { kind: 'fallback' };

/** The step as one word without a character that any syntax would have to escape. */
export function writeStep(step: Step): string {
  if (step.kind === 'fallback') return 'fallback';
  if (step.kind === 'wait') return `wait.${Math.floor(step.until.getTime() / 1000)}`;
  const before = 'before' in step ? `.${Math.floor(step.before.getTime() / 1000)}` : '';
  return `${step.kind}.${step.advisorId}${before}`;
}

const WAIT = /^wait\.(\d{1,12})$/;
const WRITTEN = /^(ring|offer|hold|promise|voicemail|message)\.([0-9a-f-]{36})(?:\.(\d{1,12}))?$/;

/** Undefined for what is no step. */
export function readStep(word: string): Step | undefined {
  if (word === 'fallback') return { kind: 'fallback' };
  const until = WAIT.exec(word)?.[1];
  if (until) return { kind: 'wait', until: new Date(Number(until) * 1000) };
  const [, kind, advisorId, seconds] = WRITTEN.exec(word) ?? [];
  if (!advisorId) return undefined;
  if (kind === 'ring' || kind === 'hold') return { kind, advisorId };
  if (kind !== 'offer' && kind !== 'promise' && kind !== 'voicemail' && kind !== 'message') return undefined;
  return seconds ? { kind, advisorId, before: new Date(Number(seconds) * 1000) } : undefined;
}

/** The steps a call has gone through, as Kamailio strings them together; what is no step is left out. */
export const readSteps = (words: string): Step[] => words.split('/').flatMap((word) => readStep(word) ?? []);

/** The caller hears that they wait, and is put through as soon as somebody is free for them. */
export const isWaiting = (step: Step | null | undefined): step is Extract<Step, { kind: 'wait' | 'hold' }> =>
  step?.kind === 'wait' || step?.kind === 'hold';

/** A machine has answered: whatever Kamailio calls that, nobody has talked to the caller. */
export const isMachine = (step: Step | null | undefined): step is Extract<Step, { kind: 'voicemail' | 'message' }> =>
  step?.kind === 'voicemail' || step?.kind === 'message';
