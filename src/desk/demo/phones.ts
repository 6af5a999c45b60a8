/** Numbers one after the other from the ranges that Arcep keeps for fiction: they ring nobody. */
export interface Phones {
  mobile(): string;
  fixed(): string;
}

const IN_RANGE = 10_000;
/** The first thousand of 03 53 01 are for the operator and its staff. */
const STAFF_NUMBERS = 1_000;
const fixedRanges = ['35301', '46571', '53649', '26191', '19900'] as const;

/** Throws RangeError once all 59,000 are given out. Mobiles that run out become fixed lines. */
export function fictionPhones(): Phones {
  let mobiles = 0;
  let fixed = STAFF_NUMBERS;
  const nextFixed = () => {
    const range = fixedRanges[Math.floor(fixed / IN_RANGE)];
    if (!range) throw new RangeError('the demo has at most 59,000 customers: there are no more numbers for fiction');
    return `+33${range}${digits(fixed++ % IN_RANGE)}`;
  };
  return { fixed: nextFixed, mobile: () => (mobiles < IN_RANGE ? `+3363998${digits(mobiles++)}` : nextFixed()) };
}

function digits(number: number): string {
  return String(number).padStart(4, '0');
}
