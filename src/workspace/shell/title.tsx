import { type ReactNode, useEffect } from 'react';

/** The one heading of a screen, and the title of its window. */
export function Title({ children, window: name }: { children: ReactNode; window?: string }) {
  const title = name ?? (typeof children === 'string' ? children : '');
  useEffect(() => {
    document.title = `${title} · Visavis`;
  }, [title]);
  return <h1>{children}</h1>;
}
