import iconv from 'iconv-lite';

const ESC = '\u001b';
const SHIFT_OUT = '\u000e';
const SHIFT_IN = '\u000f';

/** Whether a binary string switches to a Japanese character set. */
export function hasJapaneseEscapes(binary: string): boolean {
  return ['$@', '$B', '$(', '(J', '(I'].some((sequence) => binary.includes(ESC + sequence));
}

/** Whether a binary string announces Korean by shifts. */
export function hasKoreanShifts(binary: string): boolean {
  return binary.includes(`${ESC}$)C`);
}

/** JIS X 0212 read as JIS X 0208: no decoder here knows the supplement, and its rare signs must not cost the rest. */
export function withoutSupplement(binary: string): string {
  return binary.replaceAll(`${ESC}$(D`, `${ESC}$B`);
}

/** ISO-2022-KR is EUC-KR with the high bit off between SO and SI; no library here reads it. */
export function readShiftedKorean(binary: string): string {
  const [first = '', ...shifted] = binary.replaceAll(`${ESC}$)C`, '').split(SHIFT_OUT);
  const runs = shifted.map((run) => {
    const [korean = '', ...latin] = run.split(SHIFT_IN);
    return korean.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) | 0x80)) + latin.join('');
  });
  return iconv.decode(Buffer.from(first + runs.join(''), 'latin1'), 'euc-kr');
}
