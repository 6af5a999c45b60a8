/** Which personal links a reader may see. */
export interface Readable {
  /** Of customers and strangers: their page, a confirmation, a callback, a comment. */
  readonly customers: boolean;
  /** Of the staff: a sign-in, a new password. */
  readonly staff: boolean;
}

const NONE: Readable = { customers: false, staff: false };
const HIDDEN = { fr: '[lien]', en: '[link]' } as const;

/**
 * Links that act for whoever holds them, as pages of ours have them: good once (43 characters) or signed (22, a point,
 * 32). Also when a filter of a mail server has wrapped them in an address of its own. What stands before the path is
 * bounded, so that no text makes the search slow.
 */
const LINK =
  /(?:https?:\/\/[^\s"'<>\\]{1,200}?)?(?:\/|%2F)(fr|en)(?:\/|%2F)(?:(staff(?:\/|%2F)(?:enter|password)|my(?:\/|%2F)enter|confirm)(?:\/|%2F)[\w-]{8,}|(?:solved|callback|comments|alerts)(?:\/|%2F)[\w-]{22}\.[\w-]+)/gi;

/** The text with every personal link replaced by a word in the link's language, but for those the reader may see. */
export function hidePersonalLinks(text: string, readable: Readable = NONE): string {
  return text.replace(LINK, (link: string, locale: string, oneTime: string | undefined) => {
    const mayRead = oneTime?.toLowerCase().startsWith('staff') ? readable.staff : readable.customers;
    return mayRead ? link : HIDDEN[locale.toLowerCase() === 'fr' ? 'fr' : 'en'];
  });
}
