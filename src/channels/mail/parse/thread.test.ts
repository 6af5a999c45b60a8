import { describe, expect, it } from 'vitest';
import { findConversation, type ThreadFacts } from './thread.ts';

const line = { caseFileId: 'line', messageIds: ['m1', 'm2'], participants: ['paul@example.org', 'Samira@example.com'] };
const bill = { caseFileId: 'bill', messageIds: ['m3'], participants: ['paul@example.org'] };
const facts = (given: Partial<ThreadFacts>): ThreadFacts => ({
  tokenCaseFileIds: [],
  references: [],
  sender: 'paul@example.org',
  conversations: [line, bill],
  ...given,
});

describe('the conversation of a mail', () => {
  it('is the one its signed token names, whoever writes', () => {
    expect(findConversation(facts({ tokenCaseFileIds: ['line'], sender: 'voisine@example.net' }))).toEqual({
      kind: 'join',
      caseFileId: 'line',
      by: 'token',
    });
  });

  it('is the one it refers to when its sender takes part, in any case of letters', () => {
    expect(findConversation(facts({ references: ['m1'], sender: 'SAMIRA@example.com' }))).toEqual({
      kind: 'join',
      caseFileId: 'line',
      by: 'references',
    });
  });

  it('is the one answered last when it refers to several', () => {
    expect(findConversation(facts({ references: ['m1', 'm3'] }))).toMatchObject({ caseFileId: 'bill' });
    expect(findConversation(facts({ references: ['m3', 'm2', 'unknown'] }))).toMatchObject({ caseFileId: 'line' });
  });

  it('is a new one when it refers to nothing we know', () => {
    expect(findConversation(facts({ references: ['elsewhere'] }))).toEqual({ kind: 'new' });
  });
});

describe('nobody gets into a conversation by guessing', () => {
  it('a stranger with the right References is filed beside it', () => {
    expect(findConversation(facts({ references: ['m1'], sender: 'voleur@example.net' }))).toEqual({
      kind: 'beside',
      claimedCaseFileId: 'line',
      why: 'sender-takes-no-part',
    });
  });

  it('nor does a mail without a sender', () => {
    expect(findConversation(facts({ references: ['m1'], sender: null }))).toMatchObject({
      kind: 'beside',
      why: 'no-sender',
    });
  });

  it('nor a participant of one conversation into another', () => {
    expect(findConversation(facts({ references: ['m3'], sender: 'samira@example.com' }))).toMatchObject({
      kind: 'beside',
      claimedCaseFileId: 'bill',
    });
  });

  it('a token of a case file that no longer exists counts for nothing', () => {
    expect(findConversation(facts({ tokenCaseFileIds: ['gone'] }))).toEqual({ kind: 'new' });
  });

  it('two tokens need a reference by someone who takes part', () => {
    const tokenCaseFileIds = ['line', 'bill'];
    expect(findConversation(facts({ tokenCaseFileIds, references: ['m3'] }))).toMatchObject({
      kind: 'join',
      caseFileId: 'bill',
    });
    expect(findConversation(facts({ tokenCaseFileIds }))).toMatchObject({ kind: 'beside', why: 'several-tokens' });
  });
});
