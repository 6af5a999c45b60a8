import { createContext, useContext } from 'react';
import type { Me } from '../../web/api/workspace/shapes.ts';

export const MeContext = createContext<Me | null>(null);

/** Who works here. Only inside the frame. */
export function useWhoIAm(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('nobody has signed in');
  return me;
}
