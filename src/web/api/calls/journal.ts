type Fields = Record<string, unknown>;

/** How 3CX names what became of a call. */
const BECAME: Readonly<Record<string, { event: 'ended' | 'missed'; direction: 'in' | 'out' }>> = {
  Inbound: { event: 'ended', direction: 'in' },
  Missed: { event: 'missed', direction: 'in' },
  Outbound: { event: 'ended', direction: 'out' },
  Notanswered: { event: 'missed', direction: 'out' },
};

/**
 * A line of 3CX's call journal in our words; anything else stays as it is. 3CX tells of a call once, at its end, and has no
 * name for it: its number and the time it began are the same whoever's phone rang.
 */
export function journalInOurWords(fields: Fields): Fields {
  const became = BECAME[`${fields.CallType}`];
  if (!became) return fields;
  const { CallType, Agent, Number: number, CallStartTimeUTC: startedAt, CallEndTimeUTC: at } = fields;
  const callId = `${startedAt} ${number}`;
  const answered = became.event === 'ended' ? { answeredAt: fields.CallEstablishedTimeUTC } : {};
  return {
    ...became,
    ...answered,
    id: `${callId} ${CallType} ${Agent}`,
    callId,
    number,
    extension: Agent,
    startedAt,
    at,
  };
}
