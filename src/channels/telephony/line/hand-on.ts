/** What is said of a call while its INVITE is being answered waits until that is done: of one call all is told in its order. */
export function handOnInOrder(): <Said>(call: string, said: Said | Promise<Said>, tell: (said: Said) => void) => void {
  const waiting = new Map<string, (() => void)[]>();
  return (call, said, tell) => {
    const others = waiting.get(call);
    const isLate = said instanceof Promise;
    if (!isLate) {
      if (others) others.push(() => tell(said));
      else tell(said);
      return;
    }
    const behind = others ?? [];
    waiting.set(call, behind);
    void said.then((now) => {
      tell(now);
      waiting.delete(call);
      for (const next of behind) next();
    });
  };
}
