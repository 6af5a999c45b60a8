/** Where the present comes from. The composition root hands in the system's; tests hand in their own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
