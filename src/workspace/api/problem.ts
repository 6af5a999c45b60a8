/** An RFC 9457 problem document as the server writes it. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  /** A word the workspace has a sentence for. */
  refusal?: string;
  /** Filled into that sentence. */
  about?: Record<string, string>;
}
