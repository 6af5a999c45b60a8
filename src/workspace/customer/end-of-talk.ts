/** Brings the end of the conversation, with what is being written, into view. */
export function showEnd(): void {
  document.querySelector('.talk-end')?.scrollIntoView({ block: 'end' });
}
