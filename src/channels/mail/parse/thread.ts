// Which conversation a mail belongs to. Pure: the caller looks up what the mail names.

/** What is known of one conversation the mail may belong to. */
export type KnownConversation = {
  caseFileId: string;
  /** Message-IDs of this conversation's mails, without angle brackets. */
  messageIds: readonly string[];
  /** Addresses of the people who take part in it. */
  participants: readonly string[];
};

export type ThreadFacts = {
  /** Case files named by valid signed tokens among the mail's recipients (`readReplyAddress`). */
  tokenCaseFileIds: readonly string[];
  /** References and In-Reply-To, oldest first, without angle brackets. */
  references: readonly string[];
  /** From address; null when the mail names none. */
  sender: string | null;
  /** Conversations reached by a token or by one of the references. */
  conversations: readonly KnownConversation[];
};

/**
 * `join`: the mail is part of the conversation. `beside`: it claims to be, without proof, so it is filed by itself and
 * only shown next to `claimedCaseFileId`. `new`: it claims nothing.
 */
export type ThreadFinding =
  | { kind: 'join'; caseFileId: string; by: 'token' | 'references' }
  | { kind: 'beside'; claimedCaseFileId: string; why: 'sender-takes-no-part' | 'no-sender' | 'several-tokens' }
  | { kind: 'new' };

/** Joins only with a valid signed token, or with References and a sender who takes part. */
export function findConversation(facts: ThreadFacts): ThreadFinding {
  const tokens = [...new Set(facts.tokenCaseFileIds)].filter((id) =>
    facts.conversations.some((one) => one.caseFileId === id),
  );
  if (tokens.length === 1 && tokens[0]) return { kind: 'join', caseFileId: tokens[0], by: 'token' };
  const referenced = referencedConversations(facts);
  const candidates = tokens.length > 1 ? referenced.filter((one) => tokens.includes(one.caseFileId)) : referenced;
  const joined = candidates.find((one) => takesPart(facts.sender, one));
  if (joined) return { kind: 'join', caseFileId: joined.caseFileId, by: tokens.length > 1 ? 'token' : 'references' };
  if (tokens[0]) return { kind: 'beside', claimedCaseFileId: tokens[0], why: 'several-tokens' };
  const [claimed] = referenced;
  if (!claimed) return { kind: 'new' };
  return {
    kind: 'beside',
    claimedCaseFileId: claimed.caseFileId,
    why: facts.sender === null ? 'no-sender' : 'sender-takes-no-part',
  };
}

/** The newest reference comes first: it is the mail that was answered. */
function referencedConversations(facts: ThreadFacts): KnownConversation[] {
  const found = facts.references
    .toReversed()
    .flatMap((id) => facts.conversations.filter((one) => one.messageIds.includes(id)));
  return [...new Set(found)];
}

function takesPart(sender: string | null, conversation: KnownConversation): boolean {
  if (sender === null) return false;
  const address = sender.trim().toLowerCase();
  return conversation.participants.some((participant) => participant.trim().toLowerCase() === address);
}
