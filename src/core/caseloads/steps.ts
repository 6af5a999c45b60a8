/** Long work in steps: whoever runs it may do other things between them, or stop. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** All steps one after the other. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
